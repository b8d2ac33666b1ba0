import { Badge } from "@/components/ui/badge";
import type { Subscription } from "@/features/webhooks/texts";
import { texts } from "@/features/webhooks/texts";

/** Whether an endpoint is called, and whether it answers. */
export function StateBadge({ subscription: { enabled, failingSince } }: { subscription: Subscription }) {
  if (!enabled) {
    return <Badge tone="danger">{texts.off}</Badge>;
  }
  return failingSince ? <Badge tone="warn">{texts.failing}</Badge> : <Badge tone="good">{texts.on}</Badge>;
}
