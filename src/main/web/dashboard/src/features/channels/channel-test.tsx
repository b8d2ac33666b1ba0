import { useMutation, useQueries, useQuery } from "@tanstack/react-query";
import { Send } from "lucide-react";

import { Attempts } from "@/components/delivery/attempts";
import { DeliveryBadge } from "@/components/delivery/delivery-badge";
import { Button } from "@/components/ui/button";
import { texts } from "@/features/channels/texts";
import { subscriptionsQuery } from "@/features/webhooks";
import type { Delivery } from "@/leads/lead";
import { answered, api, idempotencyKey, reason } from "@/lib/api";

const LOOK_EVERY_MS = 700;
const OVER: ReadonlySet<Delivery["state"]> = new Set(["sent", "delivered", "unknown", "failed", "cancelled"]);

/** Sends a test the way that a lead would go, and shows what becomes of it. */
export function ChannelTest({ type }: { type: string }) {
  const test = useMutation({
    mutationFn: () =>
      answered(
        api.POST("/api/channels/{type}/test", {
          params: { path: { type }, header: { "Idempotency-Key": idempotencyKey() } },
        }),
      ),
  });
  return (
    <div className="grid grid-cols-1 gap-3 border-t border-line pt-4">
      <Button className="justify-self-start" disabled={test.isPending} onClick={() => test.mutate()}>
        <Send /> {test.isPending ? texts.testing : texts.test}
      </Button>
      {test.isError && (
        <p role="alert" className="text-s text-danger">
          {reason(test.error)}
        </p>
      )}
      {test.data && <Outcomes deliveries={test.data.deliveries} />}
    </div>
  );
}

/** Looks again until each has ended: a test is worth watching for some seconds. */
function Outcomes({ deliveries }: { deliveries: readonly Delivery[] }) {
  const watched = useQueries({
    queries: deliveries.map((each) => ({
      queryKey: ["channel-test", each.id] as const,
      queryFn: ({ signal }: { signal: AbortSignal }) =>
        answered(api.GET("/api/deliveries/{id}", { params: { path: { id: each.id } }, signal })),
      initialData: each,
      refetchInterval: (query: { state: { data: Delivery | undefined } }) =>
        query.state.data && OVER.has(query.state.data.state) ? (false as const) : LOOK_EVERY_MS,
    })),
  });
  const isWebhook = deliveries.some((each) => each.channel === "webhook");
  const endpoints = useQuery({ ...subscriptionsQuery(), enabled: isWebhook });
  const nameOf = (id: string | null) => {
    const found = endpoints.data?.find((each) => each.id === id);
    return found ? (found.description ?? found.url) : id;
  };
  return (
    <ul aria-live="polite" className="grid grid-cols-1 gap-3">
      {watched.map(({ data }) => (
        <li key={data.id} className="grid grid-cols-1 gap-2 rounded-m bg-sunken p-3 text-s">
          <p className="flex flex-wrap items-center gap-2">
            <DeliveryBadge delivery={data} />
            <span className="min-w-0 break-all">{data.recipient ?? nameOf(data.targetId)}</span>
          </p>
          {data.lastError && <p className="text-danger">{data.lastError}</p>}
          {OVER.has(data.state) && <Attempts delivery={data} />}
        </li>
      ))}
    </ul>
  );
}
