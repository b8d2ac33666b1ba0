import { AlarmClock } from "lucide-react";

import { Button } from "@/components/ui/button";
import { Tooltip } from "@/components/ui/tooltip";
import { texts } from "@/features/lead/texts";
import type { LeadInFull } from "@/leads/lead";
import { pick } from "@/leads/picker";
import { shortMoment } from "@/lib/format";
import { KEYS_OF_LEAD } from "@/lib/keys";
import { useNow } from "@/lib/use-now";

/** Puts a lead off until a time, at which it comes back. */
export function SnoozeButton({ lead, className }: { lead: LeadInFull; className?: string }) {
  const now = useNow();
  const isSet = lead.callAgainAt !== null && Date.parse(lead.callAgainAt) > now;
  const label = isSet ? texts.remindedAt(shortMoment(lead.callAgainAt!)) : texts.pick.snooze;
  return (
    <Tooltip label={label} keys={KEYS_OF_LEAD.snooze.keys}>
      <Button size="icon" aria-label={label} className={className} onClick={() => pick("snooze", lead.id)}>
        <AlarmClock />
      </Button>
    </Tooltip>
  );
}
