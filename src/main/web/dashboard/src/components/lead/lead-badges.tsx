import { BellOff, ChevronsUp, ShieldAlert, TriangleAlert } from "lucide-react";

import { Badge } from "@/components/ui/badge";
import type { Lead, Priority } from "@/leads/lead";
import { leadTexts } from "@/leads/texts";

/** What stands out: most leads are medium, and say nothing. */
export function PriorityBadge({ priority }: { priority: Priority }) {
  if (priority === "medium") {
    return null;
  }
  return (
    <Badge tone={priority === "urgent" ? "danger" : priority === "high" ? "warn" : "neutral"}>
      {priority !== "low" && <ChevronsUp />}
      {leadTexts.priorities[priority]}
    </Badge>
  );
}

/** What went wrong on the way to the business. */
export function TroubleBadge({ lead }: { lead: Lead }) {
  if (lead.quarantinedAt !== null) {
    return (
      <Badge tone="warn">
        <ShieldAlert /> Held
      </Badge>
    );
  }
  if (lead.unreachedSince !== null) {
    return (
      <Badge tone="danger">
        <BellOff /> Nobody reached
      </Badge>
    );
  }
  if (lead.emailStatus === "failed" || lead.smsStatus === "failed") {
    return (
      <Badge tone="danger">
        <TriangleAlert /> {lead.emailStatus === "failed" ? "E-mail failed" : "SMS failed"}
      </Badge>
    );
  }
  return null;
}

/** The first tags, and how many more there are. */
export function TagBadges({ tags, most = 2 }: { tags: readonly string[]; most?: number }) {
  return (
    <>
      {tags.slice(0, most).map((tag) => (
        <Badge key={tag} className="max-w-32 truncate">
          {tag}
        </Badge>
      ))}
      {tags.length > most && <Badge title={tags.slice(most).join(", ")}>+{tags.length - most}</Badge>}
    </>
  );
}
