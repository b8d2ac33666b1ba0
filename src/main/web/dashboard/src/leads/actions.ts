import { type QueryClient, useQueryClient } from "@tanstack/react-query";
import { useMemo } from "react";

import { knownLead, updateOptimistically } from "@/leads/cache";
import type { CallOutcome, Lead, LeadInFull, Priority } from "@/leads/lead";
import { shortName } from "@/leads/names";
import { leadKeys } from "@/leads/queries";
import { leadTexts as texts } from "@/leads/texts";
import { answered, api, reason, Refused } from "@/lib/api";
import { relative, shortMoment } from "@/lib/format";
import { notify } from "@/lib/notify";
import { currentSession } from "@/lib/session";
import { rememberUndo } from "@/lib/undo";

type Told = Promise<{ data?: LeadInFull | undefined; error?: unknown; response: Response }>;

interface Doing {
  readonly optimistic: Partial<Lead>;
  readonly call: () => Told;
  /** What to say when it is done. */
  readonly done?: string;
  /** Whether the service can undo it. */
  readonly canUndo?: boolean;
}

/** Who was first, and how long ago, where a lead was acknowledged by somebody else. */
function takenBy(error: unknown): string | undefined {
  if (!(error instanceof Refused) || !error.problem.type.endsWith(":already-acknowledged")) {
    return undefined;
  }
  const { acknowledgedBy, acknowledgedAt } = error.problem as { acknowledgedBy?: string; acknowledgedAt?: string };
  return acknowledgedBy && acknowledgedAt
    ? texts.takenBy(shortName(acknowledgedBy), relative(acknowledgedAt))
    : undefined;
}

export type LeadActions = ReturnType<typeof leadActions>;

/** What people do with leads: shown at once, and taken back with the reason where the service says no. */
export function useLeadActions(): LeadActions {
  const client = useQueryClient();
  return useMemo(() => leadActions(client), [client]);
}

function leadActions(client: QueryClient) {
  /** Resolves to the lead as it is now, or to undefined where it was refused; the person has been told. */
  const act = async (
    id: string,
    { optimistic: change, call, done, canUndo = false }: Doing,
  ): Promise<LeadInFull | undefined> => {
    const update = updateOptimistically(client, id, change);
    try {
      const lead = await answered(call());
      update.confirm(lead);
      void client.invalidateQueries({ queryKey: leadKeys.counts });
      const run = canUndo ? rememberUndo(() => void takeBack(id, lead.revision)) : undefined;
      if (done) {
        notify({ title: done, action: run && { label: texts.undo, run } });
      }
      return lead;
    } catch (error) {
      update.rollBack();
      notify({ title: takenBy(error) ?? reason(error), tone: "danger" });
      if (error instanceof Refused && [404, 409, 412].includes(error.problem.status)) {
        void client.invalidateQueries({ queryKey: leadKeys.detail(id) });
        void client.invalidateQueries({ queryKey: leadKeys.lists });
      }
      return undefined;
    }
  };
  const path = (id: string) => ({ params: { path: { id } } });
  /** Undoes the change of a lead that has given it a revision, if nobody has changed it since. */
  const takeBack = async (id: string, revision: number) => {
    try {
      const { failed } = await answered(
        api.POST("/api/messages/{id}/undo", { params: { path: { id }, query: { revision } } }),
      );
      notify(failed[0] ? { title: failed[0].detail, tone: "danger" } : { title: texts.undone });
    } catch (error) {
      const isOver = error instanceof Refused && error.problem.status === 404;
      notify({ title: isOver ? texts.undoIsOver : reason(error), tone: "danger" });
    }
    await client.invalidateQueries({ queryKey: leadKeys.all });
  };
  /** The service assigns a lead that nobody has to the person who acknowledges it. */
  const assigneeOnceAcknowledged = (id: string) =>
    knownLead(client, id)?.assignedTo ?? currentSession()?.person.id ?? null;
  const nowText = () => new Date().toISOString();

  const actions = {
    read: (id: string) =>
      act(id, {
        optimistic: { status: "read", readAt: nowText() },
        call: () => api.POST("/api/messages/{id}/read", path(id)),
      }),
    unread: (id: string) =>
      act(id, {
        optimistic: { status: "unread", readAt: null },
        call: () => api.POST("/api/messages/{id}/unread", path(id)),
        canUndo: true,
      }),
    acknowledge: (id: string) =>
      act(id, {
        optimistic: { status: "acknowledged", acknowledgedAt: nowText(), assignedTo: assigneeOnceAcknowledged(id) },
        call: () => api.POST("/api/messages/{id}/acknowledge", path(id)),
        done: texts.acknowledged,
        canUndo: true,
      }),
    respond: (id: string) =>
      act(id, {
        optimistic: { status: "responded", respondedAt: nowText() },
        call: () => api.POST("/api/messages/{id}/respond", path(id)),
        done: texts.responded,
        canUndo: true,
      }),
    archive: (id: string) =>
      act(id, {
        optimistic: { status: "archived", archivedAt: nowText() },
        call: () => api.POST("/api/messages/{id}/archive", path(id)),
        done: texts.archived,
        canUndo: true,
      }),
    unarchive: (id: string): Promise<LeadInFull | undefined> =>
      act(id, {
        optimistic: {},
        call: () => api.POST("/api/messages/{id}/unarchive", path(id)),
        done: texts.unarchived,
        canUndo: true,
      }),
    assign: (id: string, memberId: string | null): Promise<LeadInFull | undefined> => {
      return act(id, {
        optimistic: { assignedTo: memberId },
        call: () => api.PUT("/api/messages/{id}/assignee", { ...path(id), body: { memberId } }),
        done: memberId === null ? texts.unassigned : texts.assigned,
        canUndo: true,
      });
    },
    tag: (id: string, tags: readonly string[]): Promise<LeadInFull | undefined> =>
      act(id, {
        optimistic: { tags: [...tags] },
        call: () => api.PUT("/api/messages/{id}/tags", { ...path(id), body: { tags: [...tags] } }),
        canUndo: true,
      }),
    prioritise: (id: string, priority: Priority): Promise<LeadInFull | undefined> => {
      return act(id, {
        optimistic: { priority },
        call: () =>
          api.PATCH("/api/messages/{id}", {
            // One choice among few, which everybody sees live and may undo: the last one holds, whatever else has changed.
            params: { path: { id }, header: { "If-Match": "*" } },
            body: { priority },
          }),
        done: texts.prioritised(priority),
        canUndo: true,
      });
    },
    recordCall: (id: string, outcome: CallOutcome, more: { note?: string; callAgainAt?: string } = {}) =>
      act(id, {
        optimistic: { callOutcome: outcome },
        call: () => api.POST("/api/messages/{id}/call-outcome", { ...path(id), body: { outcome, ...more } }),
        done: texts.called[outcome],
        canUndo: true,
      }),
    remind: (id: string, at: string): Promise<LeadInFull | undefined> => {
      return act(id, {
        optimistic: { callAgainAt: at, dueAt: at },
        call: () => api.PUT("/api/messages/{id}/reminder", { ...path(id), body: { at } }),
        done: texts.remindedAt(shortMoment(at)),
        canUndo: true,
      });
    },
    cancelReminder: (id: string): Promise<LeadInFull | undefined> =>
      act(id, {
        optimistic: { callAgainAt: null },
        call: () => api.DELETE("/api/messages/{id}/reminder", path(id)),
        done: texts.reminderCancelled,
        canUndo: true,
      }),
    release: (id: string) =>
      act(id, {
        optimistic: { quarantinedAt: null },
        call: () => api.POST("/api/messages/{id}/release", path(id)),
        done: texts.released,
      }),
    discard: (id: string) =>
      act(id, {
        optimistic: { status: "archived", quarantinedAt: null },
        call: () => api.POST("/api/messages/{id}/discard", path(id)),
        done: texts.discarded,
      }),
  };
  return actions;
}
