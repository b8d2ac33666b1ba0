import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { ChevronRight, Plus, Webhook } from "lucide-react";
import { useState } from "react";

import { Button } from "@/components/ui/button";
import { Page, Panel } from "@/components/ui/page";
import { Empty, Failed, Waiting } from "@/components/ui/states";
import { SecretDialog } from "@/features/webhooks/secret-dialog";
import { StateBadge } from "@/features/webhooks/state-badge";
import { SubscriptionForm } from "@/features/webhooks/subscription-form";
import { type Subscription, texts } from "@/features/webhooks/texts";
import { subscriptionsQuery } from "@/features/webhooks/queries";
import { isOwner } from "@/lib/session";

/** The endpoints that are told of what happens. */
export function WebhooksPage() {
  const subscriptions = useQuery(subscriptionsQuery());
  const navigate = useNavigate();
  const [isAdding, setAdding] = useState(false);
  const [added, setAdded] = useState<Subscription>();
  const add = isOwner() && (
    <Button variant="primary" onClick={() => setAdding(true)}>
      <Plus /> {texts.add}
    </Button>
  );
  return (
    <Page title={texts.title} description={texts.about} actions={subscriptions.data?.length ? add : undefined}>
      <Panel>
        {subscriptions.isPending ? (
          <Waiting rows={3} />
        ) : subscriptions.isError ? (
          <Failed error={subscriptions.error} retry={() => void subscriptions.refetch()} />
        ) : subscriptions.data.length === 0 ? (
          <Empty icon={Webhook} title={texts.none}>
            <p>{texts.noneAbout}</p>
            {add}
          </Empty>
        ) : (
          <ul className="divide-y divide-line">
            {subscriptions.data.map((each) => (
              <SubscriptionRow key={each.id} subscription={each} />
            ))}
          </ul>
        )}
      </Panel>
      {isAdding && <SubscriptionForm onClose={() => setAdding(false)} onSaved={setAdded} />}
      {added?.secret && (
        <SecretDialog
          secret={added.secret}
          onClose={() =>
            void navigate({ to: "/settings/webhooks/$subscriptionId", params: { subscriptionId: added.id } })
          }
        />
      )}
    </Page>
  );
}

function SubscriptionRow({ subscription }: { subscription: Subscription }) {
  const { id, url, description, eventTypes } = subscription;
  return (
    <li>
      <Link
        to="/settings/webhooks/$subscriptionId"
        params={{ subscriptionId: id }}
        className="flex items-center gap-3 px-4 py-3 hover:bg-sunken"
      >
        <span className="min-w-0 flex-1">
          <span className="block truncate font-medium">{description ?? new URL(url).host}</span>
          <span className="block truncate text-s text-soft">{url}</span>
          <span className="block text-xs text-soft">{eventTypes.join(", ")}</span>
        </span>
        <StateBadge subscription={subscription} />
        <ChevronRight className="size-4 shrink-0 text-soft rtl:rotate-180" />
      </Link>
    </li>
  );
}
