import { texts } from "@/features/inbox/texts";
import type { Selection } from "@/features/inbox/selection";
import { useLeadActions } from "@/leads/actions";
import { isWaiting, type Lead } from "@/leads/lead";
import { pick } from "@/leads/picker";
import { KEYS_OF_LIST } from "@/lib/keys";
import { mayWrite } from "@/lib/session";
import { type Shortcut, useShortcuts } from "@/lib/shortcuts";

/** What keys do in the list. While a lead is open, or several are selected, what changes leads is for those. */
export function useListKeys({
  leads,
  at,
  openId,
  selection,
  onStep,
  onOpen,
}: {
  leads: readonly Lead[];
  at: number;
  openId: string | undefined;
  selection: Selection | undefined;
  onStep: (by: 1 | -1) => void;
  onOpen: (id: string) => void;
}): void {
  const actions = useLeadActions();
  const lead = leads[at];
  const isMeant = mayWrite() && !openId && selection?.count === 0 && lead !== undefined && lead.quarantinedAt === null;
  const isArchived = lead?.status === "archived";
  const keys: (Shortcut | false | undefined)[] = [
    { ...KEYS_OF_LIST.next, run: () => onStep(1) },
    { ...KEYS_OF_LIST.previous, run: () => onStep(-1) },
    !openId && { ...KEYS_OF_LIST.open, run: () => lead && onOpen(lead.id) },
    selection && { ...KEYS_OF_LIST.select, run: () => lead && selection.toggle(lead.id) },
    selection && { ...KEYS_OF_LIST.selectTo, run: () => lead && selection.toggle(lead.id, true) },
    isMeant && isWaiting(lead) && { ...KEYS_OF_LIST.acknowledge, run: () => void actions.acknowledge(lead.id) },
    isMeant && {
      ...KEYS_OF_LIST.archive,
      ...(isArchived && { label: texts.row.unarchive }),
      run: () => void (isArchived ? actions.unarchive(lead.id) : actions.archive(lead.id)),
    },
  ];
  if (isMeant && !isArchived) {
    keys.push(
      { ...KEYS_OF_LIST.assignTo, run: () => pick("assign", lead.id) },
      { ...KEYS_OF_LIST.priority, run: () => pick("priority", lead.id) },
      { ...KEYS_OF_LIST.snooze, run: () => pick("snooze", lead.id) },
    );
  }
  useShortcuts(keys.filter((each) => !!each));
}
