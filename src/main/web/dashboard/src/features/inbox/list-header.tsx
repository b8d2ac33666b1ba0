import { useMutation, useQueryClient } from "@tanstack/react-query";
import { ChevronDown, Ellipsis } from "lucide-react";
import { lazy, Suspense, useState } from "react";

import { Button } from "@/components/ui/button";
import { Menu, MenuCheck, MenuItem, MenuLabel, MenuSeparator } from "@/components/ui/menu";
import { FilterChips } from "@/features/inbox/filter-chips";
import { FiltersButton } from "@/features/inbox/filters-button";
import { SearchField } from "@/features/inbox/search-field";
import { texts } from "@/features/inbox/texts";
import { useInbox, useInboxNavigation } from "@/features/inbox/use-inbox";
import { LiveIndicator } from "@/features/live/live-indicator";
import { asParameters, type Sort } from "@/leads/filter";
import { answered, api, reason } from "@/lib/api";
import { notify } from "@/lib/notify";

const SaveView = lazy(async () => ({ default: (await import("@/features/inbox/save-view")).SaveView }));
const ViewsDialog = lazy(async () => ({ default: (await import("@/features/inbox/views-dialog")).ViewsDialog }));

const SORTS: readonly Sort[] = ["newest", "oldest", "time-left"];
const COUNTED = ["status", "priority", "funnel", "assignee", "tag", "delivery", "from", "to"] as const;

type Inbox = ReturnType<typeof useInbox>;

/** Which leads are shown, and all that changes it. */
export function ListHeader({ inbox, onSelectAll }: { inbox: Inbox; onSelectAll: (() => void) | undefined }) {
  const { search, saved } = inbox;
  const title = saved?.name ?? texts.views[search.view ?? "waiting"];
  return (
    <header className="grid gap-2 border-b border-line px-3 pt-3 pb-2.5">
      <div className="flex items-center gap-1">
        <h1 className="me-auto hidden text-l font-semibold md:block">{title}</h1>
        <ViewsSheet title={title} />
        <span className="md:hidden">
          <LiveIndicator />
        </span>
        <ListMenu inbox={inbox} onSelectAll={onSelectAll} />
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
    <h1 className="me-auto text-l font-semibold md:hidden">
      <button
        type="button"
        onClick={() => setOpen(true)}
        aria-haspopup="dialog"
        className="-ms-1 flex h-10 items-center gap-1 rounded-m px-1"
      >
        {title} <ChevronDown className="size-5 text-soft" />
      </button>
      <Suspense>{isOpen && <ViewsDialog onClose={() => setOpen(false)} />}</Suspense>
    </h1>
  );
}

function ListMenu({ inbox, onSelectAll }: { inbox: Inbox; onSelectAll: (() => void) | undefined }) {
  const { narrow } = useInboxNavigation();
  const { saved, filter, sort, search } = inbox;
  const [isSaving, setSaving] = useState<"new" | "change">();
  const client = useQueryClient();
  const remove = useMutation({
    mutationFn: (id: string) => answered(api.DELETE("/api/views/{id}", { params: { path: { id } } })),
    onSuccess: () => {
      void client.invalidateQueries({ queryKey: ["views"] });
      narrow({ saved: undefined });
      notify({ title: "The view is deleted." });
    },
    onError: (error) => void notify({ title: reason(error), tone: "danger" }),
  });
  const kept = { ...asParameters(filter), ...(search.sort && { sort: search.sort }) };
  return (
    <>
      <Menu
        trigger={
          <Button variant="quiet" size="icon" aria-label="Order, selection and views">
            <Ellipsis />
          </Button>
        }
      >
        <MenuLabel>Order</MenuLabel>
        {SORTS.map((each) => (
          <MenuCheck key={each} checked={each === sort} onSelect={() => narrow({ sort: each })}>
            {texts.sorts[each]}
          </MenuCheck>
        ))}
        <MenuSeparator />
        {onSelectAll && <MenuItem onSelect={onSelectAll}>Select all shown</MenuItem>}
        <MenuItem onSelect={() => setSaving("new")}>Save as a view…</MenuItem>
        {saved && <MenuItem onSelect={() => setSaving("change")}>Change this view…</MenuItem>}
        {saved && (
          <MenuItem tone="danger" onSelect={() => remove.mutate(saved.id)}>
            Delete this view
          </MenuItem>
        )}
      </Menu>
      {isSaving && (
        <Suspense>
          <SaveView
            filter={kept}
            {...(isSaving === "change" && saved && { view: saved })}
            onClose={() => setSaving(undefined)}
          />
        </Suspense>
      )}
    </>
  );
}
