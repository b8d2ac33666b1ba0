import type { ReactNode } from "react";

import { Moment } from "@/components/ui/moment";
import { Panel } from "@/components/ui/page";
import { type Subscription, texts } from "@/features/webhooks/texts";
import { StateBadge } from "@/features/webhooks/state-badge";
import { moment } from "@/lib/format";

/** How an endpoint stands and what it was set up with. */
export function SubscriptionFacts({ subscription }: { subscription: Subscription }) {
  const { eventTypes, headers, secrets, drainPerMinute, disabledReason, failingSince, enabled } = subscription;
  const { rateLimit, ordering, payloadTemplate, authentication } = subscription;
  return (
    <Panel>
      <dl className="grid gap-x-6 gap-y-3 p-4 text-s sm:grid-cols-[max-content_1fr]">
        <Fact name={texts.state}>
          <StateBadge subscription={subscription} />{" "}
          {!enabled && disabledReason && <span>{texts.reasons[disabledReason]}</span>}
          {enabled && failingSince && (
            <span>
              Every attempt has failed since {moment(failingSince)}. After five days it is switched off, and what is
              owed to it held.
            </span>
          )}
        </Fact>
        <Fact name={texts.eventsShown}>
          <ul>
            {eventTypes.map((each) => (
              <li key={each}>
                {texts.events[each as keyof typeof texts.events] ?? each}{" "}
                <code className="text-xs text-soft">{each}</code>
              </li>
            ))}
          </ul>
        </Fact>
        {Object.keys(headers).length > 0 && <Fact name={texts.headers}>{Object.keys(headers).join(", ")}</Fact>}
        <Fact name={texts.signedWith}>
          <ul>
            {secrets.map(({ createdAt, expiresAt }) => (
              <li key={createdAt}>
                a secret made <Moment at={createdAt} />
                {expiresAt && (
                  <>
                    {texts.whichEnds} <Moment at={expiresAt} />
                  </>
                )}
              </li>
            ))}
          </ul>
        </Fact>
        {rateLimit !== null && <Fact name={texts.rateLimit}>{texts.perMinute(rateLimit)}</Fact>}
        {ordering === "per-lead" && <Fact name={texts.order}>{texts.ordering}</Fact>}
        {payloadTemplate !== null && (
          <Fact name={texts.template}>
            <pre className="overflow-x-auto text-xs whitespace-pre-wrap">{payloadTemplate}</pre>
          </Fact>
        )}
        {authentication !== null && (
          <Fact name={texts.account}>
            <span className="break-all">
              {authentication.clientId} <span className="text-soft">{authentication.tokenUrl}</span>
            </span>
          </Fact>
        )}
        <Fact name={texts.pace}>{texts.perMinute(drainPerMinute)}</Fact>
      </dl>
    </Panel>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt className="text-soft">{name}</dt>
      <dd className="-mt-2 min-w-0 sm:mt-0">{children}</dd>
    </>
  );
}
