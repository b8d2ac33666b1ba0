import { type QueryClient, useMutation, useQueryClient } from "@tanstack/react-query";

import { texts } from "@/features/inbox/texts";
import { knownLead, updateOptimistically } from "@/leads/cache";
import type { LeadFilter } from "@/leads/filter";
import { isWaiting, type Lead } from "@/leads/lead";
import { nameOf } from "@/leads/names";
import { leadKeys } from "@/leads/queries";
import { answered, api, type components, reason, Refused } from "@/lib/api";
import { notify } from "@/lib/notify";
import { rememberUndo } from "@/lib/undo";

type BulkChange = components["schemas"]["BulkChange"];
export type BulkAction = BulkChange["action"];
type BulkChanged = components["schemas"]["BulkChanged"];

/** Which leads: those that were chosen, or all that a filter finds. */
export type Which =
  { readonly ids: readonly string[] } | { readonly filter: LeadFilter; readonly expectedCount: number };

export interface BulkOrder {
  readonly action: BulkAction;
  readonly which: Which;
  readonly assignee?: string | null;
  readonly tags?: readonly string[];
}

/** One that could not be changed, and why. */
export interface LeftOne {
  readonly id: string;
  readonly name: string | undefined;
  readonly detail: string;
}

const AT_ONCE = 1_000;
/** As many as a person has chosen by hand are shown as changed before the service has answered. */
const SHOWN_AT_ONCE = 200;

/** What came of it; the service undoes each request by its id. */
type Outcome = Pick<BulkChanged, "done" | "unchanged" | "failed"> & { readonly undoIds: readonly string[] };

async function change({ action, which, assignee, tags }: BulkOrder): Promise<Outcome> {
  const what = { action, ...(assignee !== undefined && { assignee }), ...(tags && { tags: [...tags] }) };
  if ("filter" in which) {
    const { undoId, ...outcome } = await answered(
      api.POST("/api/messages/bulk", { body: { ...what, filter: which.filter, expectedCount: which.expectedCount } }),
    );
    return { ...outcome, undoIds: undoId ? [undoId] : [] };
  }
  const whole = { done: 0, unchanged: 0, failed: [] as BulkChanged["failed"], undoIds: [] as string[] };
  for (let from = 0; from < which.ids.length; from += AT_ONCE) {
    const ids = which.ids.slice(from, from + AT_ONCE);
    const { done, unchanged, undoId, failed } = await answered(
      api.POST("/api/messages/bulk", { body: { ...what, ids } }),
    );
    whole.undoIds.push(...(undoId ? [undoId] : []));
    whole.done += done;
    whole.unchanged += unchanged;
    whole.failed.push(...failed);
  }
  return whole;
}

/** What is done with held leads only. */
const HELD: ReadonlySet<BulkAction> = new Set(["release", "discard"]);

/** What the lead will be; undefined where only the service knows, or where nothing changes. */
function changed(lead: Lead, { action, assignee, tags = [] }: BulkOrder): Partial<Lead> | undefined {
  const isHeld = lead.quarantinedAt !== null;
  if (isHeld !== HELD.has(action)) {
    return undefined;
  }
  switch (action) {
    case "release":
      return { quarantinedAt: null };
    case "discard":
      return { status: "archived", quarantinedAt: null };
    case "read":
      return lead.status === "unread" ? { status: "read" } : undefined;
    case "acknowledge":
      return isWaiting(lead) ? { status: "acknowledged" } : undefined;
    case "archive":
      return lead.status === "archived" ? undefined : { status: "archived" };
    case "unarchive":
      return undefined;
    case "assign":
      return { assignedTo: assignee ?? null };
    case "tag":
      return tags.every((each) => lead.tags.includes(each))
        ? undefined
        : { tags: [...new Set([...lead.tags, ...tags])] };
    case "untag":
      return tags.some((each) => lead.tags.includes(each))
        ? { tags: lead.tags.filter((each) => !tags.includes(each)) }
        : undefined;
  }
}

function updateAllOptimistically(client: QueryClient, order: BulkOrder) {
  const ids = "ids" in order.which && order.which.ids.length <= SHOWN_AT_ONCE ? order.which.ids : [];
  return ids.flatMap((id) => {
    const before = knownLead(client, id);
    const change = before && changed(before, order);
    // As new as before: whatever the service tells of it next is newer, or the same.
    return change ? [{ id, told: { ...before, ...change }, ...updateOptimistically(client, id, change) }] : [];
  });
}

/** Whether the filter finds another number by now: it is to be asked again, and nothing went wrong. */
export function isCountChanged(error: unknown): boolean {
  return error instanceof Refused && error.problem.type.endsWith(":count-changed");
}

/** Does the same to many leads, says what came of it, and offers to take it back. */
export function useBulk(onChanged: (left: readonly LeftOne[]) => void) {
  const client = useQueryClient();
  const bulk = useMutation({
    mutationFn: change,
    onMutate: (order: BulkOrder) => updateAllOptimistically(client, order),
    onSuccess: ({ done, unchanged, failed, undoIds }, order, updates) => {
      const isLeft = new Set(failed.map((each) => each.id));
      updates.forEach(({ id, told, confirm, rollBack }) => (isLeft.has(id) ? rollBack() : confirm(told)));
      const left = failed.map(({ id, detail }) => {
        const lead = knownLead(client, id);
        return { id, detail, name: lead && nameOf(lead) };
      });
      const run = undoIds.length > 0 ? rememberUndo(() => void takeBack(client, undoIds)) : undefined;
      notify({
        title: texts.done[order.action](done) + texts.unchanged(unchanged),
        action: run && { label: texts.undo, run },
      });
      onChanged(left);
      if ("filter" in order.which) {
        // All that the list has is changed: it begins anew, however far it was loaded.
        void client.resetQueries({ queryKey: leadKeys.lists, type: "active" });
      }
    },
    onError: (error, _order, updates) => {
      updates?.forEach(({ rollBack }) => rollBack());
      if (!isCountChanged(error)) {
        notify({ title: reason(error), tone: "danger" });
      }
    },
    onSettled: () => client.invalidateQueries({ queryKey: leadKeys.all }),
  });
  return bulk;
}

/** Undoes a change of many, except for leads that somebody has changed since. */
async function takeBack(client: QueryClient, undoIds: readonly string[]): Promise<void> {
  try {
    let [done, left] = [0, 0];
    // The last part first, as it was done.
    for (const id of undoIds.toReversed()) {
      const undone = await answered(api.POST("/api/messages/bulk/{id}/undo", { params: { path: { id } } }));
      done += undone.done;
      left += undone.failed.length;
    }
    notify({ title: texts.undone(done) + texts.undoLeft(left), ...(left > 0 && { tone: "danger" as const }) });
  } catch (error) {
    const isOver = error instanceof Refused && error.problem.status === 404;
    notify({ title: isOver ? texts.undoIsOver : reason(error), tone: "danger" });
  }
  await client.resetQueries({ queryKey: leadKeys.lists, type: "active" });
  await client.invalidateQueries({ queryKey: leadKeys.all });
}
