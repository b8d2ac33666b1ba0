import { SlidersHorizontal } from "lucide-react";
import { useState } from "react";

import { Button } from "@/components/ui/button";
import { late, LatePlace } from "@/components/ui/late";
import { filterTexts } from "@/features/inbox/filter-texts";
import type { InboxSearch } from "@/features/inbox/search";

const FiltersPopover = late(async () => (await import("@/features/inbox/filters-popover")).FiltersPopover);

/** Opens the filters, and says how many are set. What they need is loaded when somebody is about to open them. */
export function FiltersButton({ search, count }: { search: InboxSearch; count: number }) {
  const [isWanted, setWanted] = useState(false);
  const [isOpen, setOpen] = useState(false);
  const button = (
    <Button
      size="icon"
      aria-label={filterTexts.button(count)}
      aria-haspopup="dialog"
      className="relative max-md:size-11"
      onPointerEnter={() => void FiltersPopover.preload()}
      onFocus={() => void FiltersPopover.preload()}
      {...(!isWanted && {
        onClick: () => {
          setWanted(true);
          setOpen(true);
        },
      })}
    >
      <SlidersHorizontal />
      {count > 0 && (
        <span className="absolute -end-1 -top-1 grid size-4.5 place-items-center rounded-full bg-accent text-xs font-semibold text-on-accent">
          {count}
        </span>
      )}
    </Button>
  );
  return isWanted ? (
    <LatePlace fallback={button} onFailed={() => setWanted(false)}>
      <FiltersPopover search={search} count={count} trigger={button} isOpen={isOpen} onOpenChange={setOpen} />
    </LatePlace>
  ) : (
    button
  );
}
