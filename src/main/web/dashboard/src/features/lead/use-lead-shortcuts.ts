import { useNavigate } from "@tanstack/react-router";

import { useLeadActions } from "@/leads/actions";
import { isWaiting, type LeadInFull } from "@/leads/lead";
import { currentSession, mayWrite } from "@/lib/session";
import { type Shortcut, useShortcuts } from "@/lib/shortcuts";

const GROUP = "This lead";

/** What keys do while a lead is open. */
export function useLeadShortcuts(
  lead: LeadInFull,
  focus: { reply: () => void; note: () => void; tag: () => void; outcome: () => void },
): void {
  const actions = useLeadActions();
  const navigate = useNavigate();
  const close = () => void navigate({ to: "/inbox", search: (before) => before as never });
  const id = lead.id;
  const isArchived = lead.status === "archived";
  const isOpen = mayWrite() && lead.quarantinedAt === null;
  const shortcuts: (Shortcut | false)[] = [
    isOpen &&
      isWaiting(lead) && { keys: "a", label: "Acknowledge", group: GROUP, run: () => void actions.acknowledge(id) },
    isOpen && {
      keys: "e",
      label: isArchived ? "Take out of the archive" : "Archive",
      group: GROUP,
      run: () => void (isArchived ? actions.unarchive(id) : actions.archive(id)),
    },
    isOpen && !isArchived && { keys: "r", label: "Reply", group: GROUP, run: focus.reply },
    isOpen && !isArchived && { keys: "c", label: "Say how the call went", group: GROUP, run: focus.outcome },
    isOpen && { keys: "n", label: "Add a note", group: GROUP, run: focus.note },
    isOpen && { keys: "t", label: "Tags", group: GROUP, run: focus.tag },
    isOpen && {
      keys: "i",
      label: "Assign to me",
      group: GROUP,
      run: () => void actions.assign(id, currentSession()?.person.id ?? null),
    },
    isOpen &&
      lead.status === "read" && {
        keys: "u",
        label: "Mark as unread",
        group: GROUP,
        run: () => void actions.unread(id),
      },
    { keys: "Escape", label: "Back to the list", group: GROUP, run: close },
  ];
  useShortcuts(shortcuts.filter((each) => each !== false));
}
