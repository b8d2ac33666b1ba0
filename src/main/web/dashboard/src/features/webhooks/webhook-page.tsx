import { useQuery } from "@tanstack/react-query";
import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { Ellipsis, KeyRound, Pencil, Power, Send, Trash2 } from "lucide-react";
import { useState } from "react";

import { Button } from "@/components/ui/button";
import { Confirm } from "@/components/ui/confirm";
import { Menu, MenuItem, MenuSeparator } from "@/components/ui/menu";
import { Page } from "@/components/ui/page";
import { Failed, Waiting } from "@/components/ui/states";
import { DeliveryLog } from "@/features/webhooks/delivery-log";
import { HeldPanel } from "@/features/webhooks/held-panel";
import { RotateDialog } from "@/features/webhooks/rotate-dialog";
import { SubscriptionFacts } from "@/features/webhooks/subscription-facts";
import { SubscriptionForm } from "@/features/webhooks/subscription-form";
import type { Subscription } from "@/features/webhooks/texts";
import { subscriptionQuery } from "@/features/webhooks/queries";
import { useWebhookActions } from "@/features/webhooks/use-webhook-actions";
import { isOwner } from "@/lib/session";

const route = getRouteApi("/shell/settings/webhooks/$subscriptionId");

/** One endpoint: how it stands, what is held for it, and every call. */
export function WebhookPage() {
  const { subscriptionId } = route.useParams();
  const subscription = useQuery(subscriptionQuery(subscriptionId));
  if (subscription.isPending) {
    return <Waiting />;
  }
  if (subscription.isError) {
    return <Failed error={subscription.error} retry={() => void subscription.refetch()} />;
  }
  const found = subscription.data;
  return (
    <Page
      title={found.description ?? new URL(found.url).host}
      description={<span className="break-all">{found.url}</span>}
      actions={isOwner() && <Actions subscription={found} />}
    >
      <SubscriptionFacts subscription={found} />
      <HeldPanel subscription={found} />
      <DeliveryLog subscriptionId={found.id} />
    </Page>
  );
}

type Asking = "change" | "rotate" | "remove" | "disable";

function Actions({ subscription }: { subscription: Subscription }) {
  const [asking, setAsking] = useState<Asking>();
  const actions = useWebhookActions(subscription.id);
  const navigate = useNavigate();
  const close = () => setAsking(undefined);
  return (
    <>
      <Button onClick={() => actions.test.mutate()} disabled={actions.test.isPending}>
        <Send /> Send a test
      </Button>
      <Menu
        trigger={
          <Button size="icon" aria-label="More">
            <Ellipsis />
          </Button>
        }
      >
        <MenuItem onSelect={() => setAsking("change")}>
          <Pencil /> Change
        </MenuItem>
        <MenuItem onSelect={() => setAsking("rotate")}>
          <KeyRound /> New signing secret
        </MenuItem>
        {subscription.enabled && (
          <MenuItem onSelect={() => setAsking("disable")}>
            <Power /> Switch off
          </MenuItem>
        )}
        <MenuSeparator />
        <MenuItem tone="danger" onSelect={() => setAsking("remove")}>
          <Trash2 /> Remove
        </MenuItem>
      </Menu>
      {asking === "change" && <SubscriptionForm subscription={subscription} onClose={close} />}
      {asking === "rotate" && <RotateDialog subscription={subscription} onClose={close} />}
      <Confirm
        open={asking === "disable"}
        onOpenChange={close}
        title="Switch this endpoint off?"
        action="Switch off"
        busy={actions.disable.isPending}
        onConfirm={() => actions.disable.mutate(undefined, { onSettled: close })}
      >
        Nothing is lost: what is owed to it is held, and sent when it is on again.
      </Confirm>
      <Confirm
        open={asking === "remove"}
        onOpenChange={close}
        title="Remove this endpoint?"
        action="Remove"
        busy={actions.remove.isPending}
        onConfirm={() =>
          actions.remove.mutate(undefined, {
            onSuccess: () => void navigate({ to: "/settings/webhooks" }),
            onError: close,
          })
        }
      >
        What is still owed to it is cancelled. To keep that, switch it off instead.
      </Confirm>
    </>
  );
}
