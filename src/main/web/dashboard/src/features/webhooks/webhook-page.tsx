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
import { texts } from "@/features/webhooks/texts";
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
        <Send /> {texts.sendATest}
      </Button>
      <Menu
        trigger={
          <Button size="icon" aria-label={texts.more}>
            <Ellipsis />
          </Button>
        }
      >
        <MenuItem onSelect={() => setAsking("change")}>
          <Pencil /> {texts.change}
        </MenuItem>
        <MenuItem onSelect={() => setAsking("rotate")}>
          <KeyRound /> {texts.newSigningSecret}
        </MenuItem>
        {subscription.enabled && (
          <MenuItem onSelect={() => setAsking("disable")}>
            <Power /> {texts.switchOff}
          </MenuItem>
        )}
        <MenuSeparator />
        <MenuItem tone="danger" onSelect={() => setAsking("remove")}>
          <Trash2 /> {texts.remove}
        </MenuItem>
      </Menu>
      {asking === "change" && <SubscriptionForm subscription={subscription} onClose={close} />}
      {asking === "rotate" && <RotateDialog subscription={subscription} onClose={close} />}
      <Confirm
        open={asking === "disable"}
        onOpenChange={close}
        title={texts.switchOffTitle}
        action={texts.switchOff}
        busy={actions.disable.isPending}
        onConfirm={() => actions.disable.mutate(undefined, { onSettled: close })}
      >
        {texts.switchOffAbout}
      </Confirm>
      <Confirm
        open={asking === "remove"}
        onOpenChange={close}
        title={texts.removeTitle}
        action={texts.remove}
        busy={actions.remove.isPending}
        onConfirm={() =>
          actions.remove.mutate(undefined, {
            onSuccess: () => void navigate({ to: "/settings/webhooks" }),
            onError: close,
          })
        }
      >
        {texts.removeAbout}
      </Confirm>
    </>
  );
}
