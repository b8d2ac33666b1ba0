import { Clock, TriangleAlert } from "lucide-react";

import { Badge } from "@/components/ui/badge";
import { isWaiting, type Lead } from "@/leads/lead";
import { moment, span } from "@/lib/format";
import { useNow } from "@/lib/use-now";

const SOON = 0.25;

/** How long a lead may still wait, in words as well as in colour; nothing for one that nobody waits for. */
export function TimeLeft({ lead, className }: { lead: Lead; className?: string }) {
  const now = useNow(1_000);
  if (!isWaiting(lead) || lead.dueAt === null) {
    return null;
  }
  const due = Date.parse(lead.dueAt);
  const left = (due - now) / 1000;
  // Seconds are for the last minutes: more of them would only make people nervous.
  const shown = span(Math.abs(left) >= 120 ? Math.floor(Math.abs(left) / 60) * 60 : Math.abs(left));
  if (left <= 0) {
    return (
      <Badge tone="danger" className={className} title={moment(lead.dueAt)}>
        <TriangleAlert /> {shown} overdue
      </Badge>
    );
  }
  const isSoon = left < ((due - Date.parse(lead.createdAt)) / 1000) * SOON;
  return (
    <Badge tone={isSoon ? "warn" : "neutral"} className={className} title={moment(lead.dueAt)}>
      <Clock /> {shown} left
    </Badge>
  );
}
