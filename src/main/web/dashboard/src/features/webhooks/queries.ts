import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";

import type { DeliveryState } from "@/leads/lead";
import { answered, api } from "@/lib/api";

export const webhookKeys = {
  all: ["webhooks"] as const,
  one: (id: string) => ["webhooks", id] as const,
  held: (id: string) => ["webhooks", id, "held"] as const,
  log: (id: string) => ["webhooks", id, "log"] as const,
};

export const subscriptionsQuery = () =>
  queryOptions({
    queryKey: webhookKeys.all,
    queryFn: async ({ signal }) => (await answered(api.GET("/api/webhook-subscriptions", { signal }))).subscriptions,
  });

export const subscriptionQuery = (id: string) =>
  queryOptions({
    queryKey: webhookKeys.one(id),
    queryFn: ({ signal }) => answered(api.GET("/api/webhook-subscriptions/{id}", { params: { path: { id } }, signal })),
  });

export const heldQuery = (id: string) =>
  queryOptions({
    queryKey: webhookKeys.held(id),
    queryFn: ({ signal }) =>
      answered(api.GET("/api/webhook-subscriptions/{id}/held", { params: { path: { id } }, signal })),
  });

/** What an endpoint was and is owed; the newest first. */
export const logQuery = (id: string, state: DeliveryState | undefined) =>
  infiniteQueryOptions({
    queryKey: [...webhookKeys.log(id), state ?? "any"] as const,
    queryFn: ({ pageParam, signal }) =>
      answered(
        api.GET("/api/deliveries", {
          params: {
            query: { target: id, limit: 30, ...(state && { state: [state] }), ...(pageParam && { cursor: pageParam }) },
          },
          signal,
        }),
      ),
    initialPageParam: "",
    getNextPageParam: (page) => page.next ?? undefined,
    // While a page looks on, calls go out.
    refetchInterval: 5_000,
  });
