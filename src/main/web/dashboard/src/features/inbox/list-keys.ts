import { texts } from "@/features/inbox/texts";
import type { Selection } from "@/features/inbox/selection";
import { useLeadActions } from "@/leads/actions";
import { isWaiting, type Lead } from "@/leads/lead";
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
  const group = texts.keys.list;
  const lead = leads[at];
  const isMeant = mayWrite() && !openId && selection?.count === 0 && lead !== undefined && lead.quarantinedAt === null;
  const isArchived = lead?.status === "archived";
  const keys: (Shortcut | false | undefined)[] = [
    { keys: "j", label: texts.keys.next, group, run: () => onStep(1) },
    { keys: "k", label: texts.keys.previous, group, run: () => onStep(-1) },
    !openId && { keys: "Enter", label: texts.keys.open, group, run: () => lead && onOpen(lead.id) },
    selection && { keys: "x", label: texts.keys.select, group, run: () => lead && selection.toggle(lead.id) },
    selection && { keys: "X", label: texts.keys.selectTo, group, run: () => lead && selection.toggle(lead.id, true) },
    isMeant &&
      isWaiting(lead) && {
        keys: "a",
        label: texts.row.acknowledge,
        group,
        run: () => void actions.acknowledge(lead.id),
      },
    isMeant && {
      keys: "e",
      label: isArchived ? texts.row.unarchive : texts.row.archive,
      group,
      run: () => void (isArchived ? actions.unarchive(lead.id) : actions.archive(lead.id)),
    },
  ];
  useShortcuts(keys.filter((each) => !!each));
}
