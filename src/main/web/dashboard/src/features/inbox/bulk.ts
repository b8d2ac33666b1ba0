import { type QueryClient, useMutation, useQueryClient } from "@tanstack/react-query";

import { texts } from "@/features/inbox/texts";
import { knownLead, updateOptimistically } from "@/leads/cache";
import type { LeadFilter } from "@/leads/filter";
import { isWaiting, type Lead } from "@/leads/lead";
import { nameOf } from "@/leads/names";
import { leadKeys } from "@/leads/queries";
import { answered, api, type components, reason, Refused } from "@/lib/api";
import { notify } from "@/lib/notify";

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

async function change({ action, which, assignee, tags }: BulkOrder): Promise<BulkChanged> {
  const what = { action, ...(assignee !== undefined && { assignee }), ...(tags && { tags: [...tags] }) };
  if ("filter" in which) {
    return answered(
      api.POST("/api/messages/bulk", { body: { ...what, filter: which.filter, expectedCount: which.expectedCount } }),
    );
  }
  const whole: BulkChanged = { done: 0, unchanged: 0, failed: [] };
  for (let from = 0; from < which.ids.length; from += AT_ONCE) {
    const ids = which.ids.slice(from, from + AT_ONCE);
    const { done, unchanged, failed } = await answered(api.POST("/api/messages/bulk", { body: { ...what, ids } }));
    whole.done += done;
    whole.unchanged += unchanged;
    whole.failed.push(...failed);
  }
  return whole;
}

/** What takes an action back, where something does. */
const OPPOSITES: Partial<Record<BulkAction, BulkAction>> = {
  archive: "unarchive",
  unarchive: "archive",
  tag: "untag",
  untag: "tag",
};

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
    onSuccess: ({ done, unchanged, failed }, order, updates) => {
      const isLeft = new Set(failed.map((each) => each.id));
      updates.forEach(({ id, told, confirm, rollBack }) => (isLeft.has(id) ? rollBack() : confirm(told)));
      const left = failed.map(({ id, detail }) => {
        const lead = knownLead(client, id);
        return { id, detail, name: lead && nameOf(lead) };
      });
      notify({
        title: texts.done[order.action](done) + texts.unchanged(unchanged),
        action: undone(order, changedOf(order, { done, unchanged }, updates, isLeft), (back) => bulk.mutate(back)),
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

/** Those that are another now; none where it is not known which they are: the others would be changed back with them. */
function changedOf(
  { which }: BulkOrder,
  { done, unchanged }: Pick<BulkChanged, "done" | "unchanged">,
  updates: readonly { readonly id: string }[],
  isLeft: ReadonlySet<string>,
): readonly string[] {
  const all = "ids" in which ? which.ids : [];
  const known = unchanged === 0 ? all : updates.map(({ id }) => id);
  const ids = known.filter((id) => !isLeft.has(id));
  return ids.length === done ? ids : [];
}

function undone(order: BulkOrder, ids: readonly string[], run: (order: BulkOrder) => void) {
  const action = OPPOSITES[order.action];
  return action && ids.length > 0
    ? { label: texts.undo, run: () => run({ ...order, action, which: { ids } }) }
    : undefined;
}
