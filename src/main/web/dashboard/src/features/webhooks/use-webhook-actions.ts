import { useMutation, useQueryClient } from "@tanstack/react-query";

import { texts } from "@/features/webhooks/texts";
import { webhookKeys } from "@/features/webhooks/queries";
import { answered, api, idempotencyKey, reason } from "@/lib/api";
import { notify } from "@/lib/notify";

/** What can be done with an endpoint, beside changing it. */
export function useWebhookActions(id: string) {
  const client = useQueryClient();
  const path = { params: { path: { id } } };
  const withKey = () => ({ params: { path: { id }, header: { "Idempotency-Key": idempotencyKey() } } });
  const settled = (done: string) => ({
    onSuccess: () => {
      notify({ title: done });
      return client.invalidateQueries({ queryKey: webhookKeys.all });
    },
    onError: (error: Error) => void notify({ title: reason(error), tone: "danger" }),
  });
  return {
    test: useMutation({
      mutationFn: () => answered(api.POST("/api/webhook-subscriptions/{id}/test", withKey())),
      ...settled(texts.tested),
    }),
    enable: useMutation({
      mutationFn: (drainPerMinute: number) =>
        answered(api.POST("/api/webhook-subscriptions/{id}/enable", { ...path, body: { drainPerMinute } })),
      ...settled(texts.enabled),
    }),
    disable: useMutation({
      mutationFn: () => answered(api.POST("/api/webhook-subscriptions/{id}/disable", path)),
      ...settled(texts.disabled),
    }),
    rotate: useMutation({
      mutationFn: (overlap: string | 0) =>
        answered(api.POST("/api/webhook-subscriptions/{id}/rotate-secret", { ...withKey(), body: { overlap } })),
      ...settled(texts.rotated),
    }),
    remove: useMutation({
      mutationFn: () => answered(api.DELETE("/api/webhook-subscriptions/{id}", path)),
      ...settled(texts.removed),
    }),
  };
}
