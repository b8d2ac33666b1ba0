import { ChevronDown, Ellipsis } from "lucide-react";
import { useState } from "react";

import { Button } from "@/components/ui/button";
import { late, LatePlace } from "@/components/ui/late";
import { LateMenu } from "@/components/ui/late-menu";
import { FilterChips } from "@/features/inbox/filter-chips";
import { FiltersButton } from "@/features/inbox/filters-button";
import { SearchField } from "@/features/inbox/search-field";
import { texts } from "@/features/inbox/texts";
import type { Inbox } from "@/features/inbox/use-inbox";
import { LiveIndicator } from "@/features/live";

const ListMenu = late(async () => (await import("@/features/inbox/list-menu")).ListMenu);
const ViewsDialog = late(async () => (await import("@/features/inbox/views-dialog")).ViewsDialog);

const COUNTED = ["status", "priority", "funnel", "assignee", "tag", "delivery", "from", "to"] as const;

/** Which leads are shown, and all that changes it. Beside a lead, which has the page's heading, the list's is one below it. */
export function ListHeader({
  inbox,
  isBeside,
  onSelectAll,
}: {
  inbox: Inbox;
  isBeside: boolean;
  onSelectAll: (() => void) | undefined;
}) {
  const { search, saved, view } = inbox;
  const title = saved?.name ?? texts.views[view];
  const Heading = isBeside ? "h2" : "h1";
  return (
    <header className="grid gap-2 border-b border-line px-3 pt-3 pb-2.5">
      <div className="flex items-center gap-1">
        {/* As wide as there is room: as wide as the title it would cut it by the margin of the button. */}
        <Heading className="min-w-0 flex-1 text-l font-semibold">
          <span className="hidden truncate md:block">{title}</span>
          <ViewsSheet title={title} />
        </Heading>
        <span className="md:hidden">
          <LiveIndicator />
        </span>
        <LateMenu
          trigger={
            <Button variant="quiet" size="icon" aria-label={texts.menu.label} className="max-md:size-11">
              <Ellipsis />
            </Button>
          }
        >
          {(trigger) => <ListMenu inbox={inbox} onSelectAll={onSelectAll} trigger={trigger} />}
        </LateMenu>
      </div>
      <div className="flex gap-2">
        <SearchField value={search.q ?? ""} />
        <FiltersButton search={search} count={COUNTED.filter((name) => search[name] !== undefined).length} />
      </div>
      <FilterChips search={search} />
    </header>
  );
}

/** On a phone the title opens the list of views. */
function ViewsSheet({ title }: { title: string }) {
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <button
        type="button"
        onClick={() => setOpen(true)}
        aria-haspopup="dialog"
        className="-ms-1 flex h-11 max-w-full items-center gap-1 rounded-m px-1 md:hidden"
      >
        <span className="truncate">{title}</span> <ChevronDown className="size-5 shrink-0 text-soft" />
      </button>
      {isOpen && (
        <LatePlace onFailed={() => setOpen(false)}>
          <ViewsDialog onClose={() => setOpen(false)} />
        </LatePlace>
      )}
    </>
  );
}
