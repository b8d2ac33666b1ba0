import { useQuery } from "@tanstack/react-query";
import { useState } from "react";

import { Button } from "@/components/ui/button";
import { Field, Input } from "@/components/ui/field";
import { Panel } from "@/components/ui/page";
import { Failed, Waiting } from "@/components/ui/states";
import { heldQuery } from "@/features/webhooks/queries";
import { type Subscription, texts } from "@/features/webhooks/texts";
import { useWebhookActions } from "@/features/webhooks/use-webhook-actions";
import { moment, span } from "@/lib/format";
import { isOwner } from "@/lib/session";

/** What waits while an endpoint is off, and how it is let go. */
export function HeldPanel({ subscription }: { subscription: Subscription }) {
  const held = useQuery({ ...heldQuery(subscription.id), enabled: !subscription.enabled });
  const { enable } = useWebhookActions(subscription.id);
  const [pace, setPace] = useState(subscription.drainPerMinute);
  if (subscription.enabled) {
    return null;
  }
  return (
    <Panel title={texts.held}>
      {held.isPending ? (
        <Waiting rows={2} />
      ) : held.isError ? (
        <Failed error={held.error} retry={() => void held.refetch()} />
      ) : (
        <div className="grid gap-4 p-4">
          <p>
            {texts.heldRequests(
              held.data.count,
              held.data.oldestAgeSeconds === null ? undefined : span(held.data.oldestAgeSeconds),
            )}
          </p>
          {isOwner() && (
            <form
              className="flex flex-wrap items-end gap-3"
              onSubmit={(event) => {
                event.preventDefault();
                enable.mutate(pace);
              }}
            >
              <Field label={texts.requestsAMinute} className="w-36">
                <Input
                  type="number"
                  min={1}
                  max={60_000}
                  value={pace}
                  onChange={(e) => setPace(e.target.valueAsNumber)}
                />
              </Field>
              <Button type="submit" variant="primary" disabled={enable.isPending}>
                {texts.switchOnAndSend}
              </Button>
              {held.data.count > 0 && pace > 0 && (
                <p className="pb-2 text-s text-soft">{texts.drainTakes(span((held.data.count / pace) * 60))}</p>
              )}
            </form>
          )}
          {held.data.first.length > 0 && (
            <details>
              <summary className="cursor-pointer text-s text-accent">{texts.firstOfThem}</summary>
              <ul className="mt-3 grid gap-3">
                {held.data.first.map(({ id, eventType, createdAt, body }) => (
                  <li key={id} className="grid gap-1 text-s">
                    <span>
                      <code>{eventType}</code> <span className="text-soft">{moment(createdAt)}</span>
                    </span>
                    <pre className="overflow-x-auto rounded-m bg-sunken p-3 text-xs" tabIndex={0}>
                      {JSON.stringify(body, undefined, 2)}
                    </pre>
                  </li>
                ))}
              </ul>
            </details>
          )}
        </div>
      )}
    </Panel>
  );
}
