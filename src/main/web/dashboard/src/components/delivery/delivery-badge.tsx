import { texts } from "@/components/texts";
import { Badge, type BadgeTone } from "@/components/ui/badge";
import type { Delivery, DeliveryState } from "@/leads/lead";
import { leadTexts } from "@/leads/texts";

const TONES: Record<DeliveryState, BadgeTone> = {
  pending: "neutral",
  sending: "neutral",
  held: "warn",
  sent: "good",
  delivered: "good",
  failed: "danger",
  cancelled: "neutral",
};

/** How a delivery stands; "sent" with an unknown outcome says so. */
export function DeliveryBadge({ delivery }: { delivery: Pick<Delivery, "state" | "outcomeUnknown" | "attempts"> }) {
  const { state, outcomeUnknown, attempts } = delivery;
  if (state === "pending" && attempts > 0) {
    return <Badge tone="warn">{texts.tryingAgain}</Badge>;
  }
  return (
    <Badge tone={outcomeUnknown ? "warn" : TONES[state]}>
      {outcomeUnknown ? texts.outcomeUnknown : leadTexts.deliveryStates[state]}
    </Badge>
  );
}
