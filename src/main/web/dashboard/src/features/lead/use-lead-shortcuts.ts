import { useNavigate } from "@tanstack/react-router";

import { useFinish } from "@/features/lead/use-finish";
import { useLeadActions } from "@/leads/actions";
import { isWaiting, type LeadInFull } from "@/leads/lead";
import { pick } from "@/leads/picker";
import { KEYS_OF_LEAD } from "@/lib/keys";
import { currentSession, mayWrite } from "@/lib/session";
import { type Shortcut, useShortcuts } from "@/lib/shortcuts";

/** What keys do while a lead is open. */
export function useLeadShortcuts(
  lead: LeadInFull,
  focus: { reply: () => void; note: () => void; tag: () => void; outcome: () => void },
): void {
  const actions = useLeadActions();
  const navigate = useNavigate();
  const close = () => void navigate({ to: "/inbox", search: (before) => before as never });
  const id = lead.id;
  const finish = useFinish(id);
  const isArchived = lead.status === "archived";
  const isOpen = mayWrite() && lead.quarantinedAt === null;
  const shortcuts: (Shortcut | false)[] = [
    isOpen && isWaiting(lead) && { ...KEYS_OF_LEAD.acknowledge, run: () => void actions.acknowledge(id) },
    isOpen && {
      ...KEYS_OF_LEAD.archive,
      ...(isArchived && { label: "Take out of the archive" }),
      run: () => (isArchived ? void actions.unarchive(id) : finish(() => actions.archive(id))),
    },
    isOpen && !isArchived && { ...KEYS_OF_LEAD.reply, run: focus.reply },
    isOpen && !isArchived && { ...KEYS_OF_LEAD.outcome, run: focus.outcome },
    isOpen && { ...KEYS_OF_LEAD.note, run: focus.note },
    isOpen && { ...KEYS_OF_LEAD.tag, run: focus.tag },
    isOpen && {
      ...KEYS_OF_LEAD.assign,
      run: () => void actions.assign(id, currentSession()?.person.id ?? null),
    },
    isOpen && !isArchived && { ...KEYS_OF_LEAD.assignTo, run: () => pick("assign", id) },
    isOpen && !isArchived && { ...KEYS_OF_LEAD.priority, run: () => pick("priority", id) },
    isOpen && !isArchived && lead.type !== "reminder" && { ...KEYS_OF_LEAD.snooze, run: () => pick("snooze", id) },
    isOpen && lead.status === "read" && { ...KEYS_OF_LEAD.unread, run: () => void actions.unread(id) },
    { ...KEYS_OF_LEAD.close, run: close },
  ];
  useShortcuts(shortcuts.filter((each) => each !== false));
}
