import { Badge } from "@/components/ui/badge";
import type { Subscription } from "@/features/webhooks/texts";

/** Whether an endpoint is called, and whether it answers. */
export function StateBadge({ subscription: { enabled, failingSince } }: { subscription: Subscription }) {
  if (!enabled) {
    return <Badge tone="danger">Off</Badge>;
  }
  return failingSince ? <Badge tone="warn">Failing</Badge> : <Badge tone="good">On</Badge>;
}
