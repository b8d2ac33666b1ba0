import { useMutation, useQueryClient } from "@tanstack/react-query";

import { texts } from "@/features/inbox/texts";
import type { LeadFilter } from "@/leads/filter";
import { leadKeys } from "@/leads/queries";
import { answered, api, type components, reason } from "@/lib/api";
import { notify } from "@/lib/notify";

type BulkChange = components["schemas"]["BulkChange"];
export type BulkAction = BulkChange["action"];
export type BulkChanged = components["schemas"]["BulkChanged"];

/** Which leads: those that were chosen, or all that a filter finds. */
export type Which =
  | { readonly ids: readonly string[] }
  | { readonly filter: LeadFilter; readonly expectedCount: number };

export interface BulkOrder {
  readonly action: BulkAction;
  readonly which: Which;
  readonly assignee?: string | null;
  readonly tags?: readonly string[];
}

const AT_ONCE = 1_000;

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

/** Does the same to many leads, says what came of it, and offers to take it back. */
export function useBulk(onChanged: (changed: BulkChanged) => void) {
  const client = useQueryClient();
  const bulk = useMutation({
    mutationFn: change,
    onSuccess: (changed, order) => {
      const opposite = OPPOSITES[order.action];
      const isUndoable = opposite !== undefined && "ids" in order.which && changed.unchanged === 0 && changed.done > 0;
      notify({
        title: texts.done[order.action](changed.done) + texts.unchanged(changed.unchanged),
        action: isUndoable ? { label: "Undo", run: () => bulk.mutate({ ...order, action: opposite }) } : undefined,
      });
      onChanged(changed);
    },
    onError: (error) => void notify({ title: reason(error), tone: "danger" }),
    onSettled: () => client.invalidateQueries({ queryKey: leadKeys.all }),
  });
  return bulk;
}
