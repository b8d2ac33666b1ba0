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
  unknown: "warn",
  failed: "danger",
  cancelled: "neutral",
};

/** How a delivery stands. */
export function DeliveryBadge({ delivery }: { delivery: Pick<Delivery, "state" | "attempts"> }) {
  const { state, attempts } = delivery;
  if (state === "pending" && attempts > 0) {
    return <Badge tone="warn">{texts.tryingAgain}</Badge>;
  }
  return <Badge tone={TONES[state]}>{leadTexts.deliveryStates[state]}</Badge>;
}
