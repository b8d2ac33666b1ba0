import type { StreamEvent } from "@callback-messaging/client";
import type { QueryClient, QueryKey } from "@tanstack/react-query";

import { applyDelivery, applyLead, refreshLeads } from "@/leads/cache";
import type { LeadInFull } from "@/leads/lead";
import { notePresence } from "@/leads/presence";
import { countsQuery, leadKeys, tagsQuery } from "@/leads/queries";

const COUNTS_MS = 1_000;
const DETAIL_MS = 150;
const DELIVERIES_MS = 500;

/** Shows what the stream tells. It may come twice, late, and before or after the answer to the same change. */
export function applyEvent(client: QueryClient, event: StreamEvent): void {
  switch (event.event) {
    case "message.created":
    case "message.updated":
      // A lead that has been forgotten meanwhile is told as nothing.
      if (event.message) {
        applyLead(client, event.message);
        soon(client, leadKeys.detail(event.message.id), DETAIL_MS, () => completeDetail(client, event));
        soon(client, leadKeys.counts, COUNTS_MS);
      }
      if (event.type === "message.tagged") {
        soon(client, tagsQuery().queryKey, COUNTS_MS);
      }
      break;
    case "delivery.updated":
      if (event.delivery) {
        if (event.messageId !== null) {
          applyDelivery(client, event.messageId, event.delivery);
        }
        soon(client, ["deliveries"], DELIVERIES_MS);
        if (event.delivery.channel === "webhook" && event.delivery.targetId !== null) {
          soon(client, ["webhooks", event.delivery.targetId], DELIVERIES_MS);
        }
      }
      break;
    case "counts": {
      const { unread, waiting, quarantined } = event;
      client.setQueryData(countsQuery().queryKey, (old) => old && { ...old, unread, waiting, quarantined });
      soon(client, leadKeys.counts, COUNTS_MS);
      break;
    }
    case "presence":
      notePresence(event.messageId, event);
      break;
    case "messages.deleted":
    case "reset":
      void refreshLeads(client);
      break;
  }
}

/** Has the page of a lead loaded again, unless the answer to what was done here has brought what is told. */
function completeDetail(client: QueryClient, event: Extract<StreamEvent, { message: unknown }>): void {
  const queryKey = leadKeys.detail(event.message.id);
  const lead = client.getQueryData<LeadInFull>(queryKey);
  if (lead && !lead.timeline.some(({ type, at }) => type === event.type && at === event.at)) {
    void client.invalidateQueries({ queryKey });
  }
}

const waiting = new WeakMap<QueryClient, Map<string, () => void>>();

/** Once for all that happens within a moment; of several things to do the last one. */
function soon(
  client: QueryClient,
  queryKey: QueryKey,
  ms: number,
  run: () => void = () => void client.invalidateQueries({ queryKey }),
): void {
  const mine = waiting.get(client) ?? new Map<string, () => void>();
  waiting.set(client, mine);
  const name = JSON.stringify(queryKey);
  if (!mine.has(name)) {
    setTimeout(() => {
      const latest = mine.get(name);
      mine.delete(name);
      latest?.();
    }, ms);
  }
  mine.set(name, run);
}
