import type { ReactNode } from "react";

import { Popover } from "@/components/ui/popover";
import { Filters } from "@/features/inbox/filters";
import { filterTexts } from "@/features/inbox/filter-texts";
import type { InboxSearch } from "@/features/inbox/search";

/** The filters beside their button. */
export function FiltersPopover({
  search,
  count,
  trigger,
  isOpen,
  onOpenChange,
}: {
  search: InboxSearch;
  count: number;
  trigger: ReactNode;
  isOpen: boolean;
  onOpenChange: (open: boolean) => void;
}) {
  return (
    <Popover label={filterTexts.button(0)} trigger={trigger} open={isOpen} onOpenChange={onOpenChange}>
      <Filters search={search} count={count} />
    </Popover>
  );
}
