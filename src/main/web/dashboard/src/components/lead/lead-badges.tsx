import { BellOff, ChevronsUp, PhoneOff, ShieldAlert, TriangleAlert } from "lucide-react";

import { texts } from "@/components/texts";
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
        <ShieldAlert /> {texts.held}
      </Badge>
    );
  }
  if (lead.unreachedSince !== null) {
    return (
      <Badge tone="danger">
        <BellOff /> {texts.nobodyReached}
      </Badge>
    );
  }
  if (lead.emailStatus === "failed" || lead.smsStatus === "failed") {
    return (
      <Badge tone="danger">
        <TriangleAlert /> {lead.emailStatus === "failed" ? texts.mailFailed : texts.smsFailed}
      </Badge>
    );
  }
  return null;
}

/** A number that nothing can dial; it is shown as it was typed. */
export function NumberBadge({ lead }: { lead: Lead }) {
  if (!lead.contactPhone || lead.contactPhoneE164) {
    return null;
  }
  return (
    <Badge tone="warn">
      <PhoneOff /> {texts.wrongNumber}
    </Badge>
  );
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
