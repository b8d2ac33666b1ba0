import { Ellipsis } from "lucide-react";

import { Button } from "@/components/ui/button";
import { late } from "@/components/ui/late";
import { LateMenu } from "@/components/ui/late-menu";
import { texts } from "@/features/inbox/texts";
import type { Lead } from "@/leads/lead";
import { nameOf } from "@/leads/names";

const RowActions = late(async () => (await import("@/features/inbox/row-actions")).RowActions);

/** What is done most, without opening the lead. */
export function RowMenu({ lead, tabIndex }: { lead: Lead; tabIndex: number }) {
  return (
    <div className="absolute end-2 bottom-1.5 z-10 opacity-0 group-focus-within:opacity-100 group-hover:opacity-100 max-lg:opacity-100 max-md:end-0 max-md:bottom-0 has-data-[state=open]:opacity-100">
      <LateMenu
        trigger={
          <Button
            variant="quiet"
            size="icon-s"
            tabIndex={tabIndex}
            aria-label={texts.row.actions(nameOf(lead))}
            className="max-md:size-11"
          >
            <Ellipsis />
          </Button>
        }
      >
        {(trigger) => <RowActions lead={lead} trigger={trigger} />}
      </LateMenu>
    </div>
  );
}
