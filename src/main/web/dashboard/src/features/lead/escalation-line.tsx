import { BellRing } from "lucide-react";

import { texts } from "@/features/lead/texts";
import { channelsInWords, recipientsInWords } from "@/leads/escalation";
import type { LeadInFull } from "@/leads/lead";
import { isWaiting } from "@/leads/lead";
import { useMemberName } from "@/leads/names";
import { moment, shortMoment, span } from "@/lib/format";
import { useNow } from "@/lib/use-now";

/** What happens next if nobody acts, and in how long. */
export function EscalationLine({ lead }: { lead: LeadInFull }) {
  const now = useNow(1_000);
  const memberName = useMemberName();
  const { escalation } = lead;
  if (!escalation || !isWaiting(lead)) {
    return null;
  }
  const left = Math.max(0, (Date.parse(escalation.at) - now) / 1000);
  const next =
    escalation.then === "step"
      ? texts.nextStep(channelsInWords(escalation.channels), recipientsInWords(escalation, memberName, lead.assignedTo))
      : texts.nextAfterSteps[escalation.then];
  return (
    <p className="flex items-start gap-1.5 text-s" title={texts.nextOf(escalation)}>
      <BellRing className="mt-0.5 size-4 shrink-0 text-accent" aria-hidden />
      <span>
        {texts.nextUp(next)}{" "}
        <time dateTime={escalation.at} title={moment(escalation.at)}>
          {shortMoment(escalation.at)}
        </time>{" "}
        <span className="whitespace-nowrap text-soft tabular" aria-hidden>
          {texts.nextIn(span(left >= 120 ? Math.floor(left / 60) * 60 : left))}
        </span>
      </span>
    </p>
  );
}
