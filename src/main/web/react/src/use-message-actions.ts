import { useMemo } from "react";

import { answered, type components, idempotencyKey } from "../../client/src/index";
import { useMessaging } from "./messaging-provider";
import { addNotice, apply, type Message } from "./store";

type Bulk = components["schemas"]["BulkChange"];
type Reply = components["schemas"]["NewReply"];
type Outcome = components["schemas"]["CallOutcome"];
type Told = Promise<{ data?: components["schemas"]["MessageInFull"] | undefined; error?: unknown; response: Response }>;

/**
 * What people do with leads. Each is shown at once, and taken back with a notice in the service's words where it refuses, such as who was
 * first to acknowledge; then the promise is rejected with `Refused`.
 */
export function useMessageActions() {
  const { api, store, me } = useMessaging();
  return useMemo(() => {
    const path = (id: string) => ({ params: { path: { id } } });
    const act = async (id: string, guess: Partial<Message>, call: () => Told): Promise<Message> => {
      const before = store.getState().messages[id];
      if (before) {
        apply(store, { ...before, ...guess }, me, true);
      }
      try {
        const { timeline: _timeline, deliveries: _deliveries, thread: _thread, ...message } = await answered(call());
        apply(store, message, me);
        return message;
      } catch (error) {
        const now = store.getState().messages[id];
        // What somebody else did meanwhile stays.
        if (before && now && now.revision <= before.revision) {
          apply(store, before, me, true);
        }
        addNotice(store, { text: (error as Error).message });
        throw error;
      }
    };
    const now = () => new Date().toISOString();
    return {
      read: (id: string) =>
        act(id, { status: "read", readAt: now() }, () => api.POST("/api/messages/{id}/read", path(id))),
      unread: (id: string) =>
        act(id, { status: "unread", readAt: null }, () => api.POST("/api/messages/{id}/unread", path(id))),
      acknowledge: (id: string) =>
        act(id, { status: "acknowledged", acknowledgedAt: now() }, () =>
          api.POST("/api/messages/{id}/acknowledge", path(id)),
        ),
      respond: (id: string) =>
        act(id, { status: "responded", respondedAt: now() }, () => api.POST("/api/messages/{id}/respond", path(id))),
      archive: (id: string) =>
        act(id, { status: "archived", archivedAt: now() }, () => api.POST("/api/messages/{id}/archive", path(id))),
      unarchive: (id: string) => act(id, {}, () => api.POST("/api/messages/{id}/unarchive", path(id))),
      assign: (id: string, memberId: string | null) =>
        act(id, { assignedTo: memberId }, () =>
          api.PUT("/api/messages/{id}/assignee", { ...path(id), body: { memberId } }),
        ),
      tag: (id: string, tags: readonly string[]) =>
        act(id, { tags: [...tags] }, () =>
          api.PUT("/api/messages/{id}/tags", { ...path(id), body: { tags: [...tags] } }),
        ),
      recordCall: (id: string, outcome: Outcome) =>
        act(id, { callOutcome: outcome.outcome }, () =>
          api.POST("/api/messages/{id}/call-outcome", { ...path(id), body: outcome }),
        ),
      note: (id: string, text: string) =>
        answered(
          api.POST("/api/messages/{id}/notes", {
            params: { path: { id }, header: { "Idempotency-Key": idempotencyKey() } },
            body: { text },
          }),
        ),
      reply: (id: string, reply: Reply) =>
        answered(
          api.POST("/api/messages/{id}/replies", {
            params: { path: { id }, header: { "Idempotency-Key": idempotencyKey() } },
            body: reply,
          }),
        ),
      bulk: (change: Bulk) => answered(api.POST("/api/messages/bulk", { body: change })),
    };
  }, [api, store, me]);
}
