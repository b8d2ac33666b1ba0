import { Moment } from "@/components/ui/moment";
import type { Lead } from "@/leads/lead";
import { nameOf } from "@/leads/names";
import { leadTexts } from "@/leads/texts";

/** A lead in one line: who, what and when. */
export function FoundLead({ lead }: { lead: Lead }) {
  return (
    <>
      <span className="grid min-w-0 flex-1">
        <span className="truncate font-medium">{nameOf(lead)}</span>
        <span className="truncate text-xs text-soft">
          {[leadTexts.statuses[lead.status], lead.subject ?? lead.message ?? lead.contactPhone]
            .filter(Boolean)
            .join(" · ")}
        </span>
      </span>
      <span className="shrink-0 text-xs text-soft">
        <Moment at={lead.createdAt} />
      </span>
    </>
  );
}
