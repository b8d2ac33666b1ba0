import { useNavigate } from "@tanstack/react-router";

import { progress } from "@/features/inbox/first-steps-progress";
import { useShortcuts } from "@/lib/shortcuts";

const GROUP = "Go to";

/** `g` and a letter goes somewhere. */
export function useNavigationShortcuts(): void {
  const navigate = useNavigate();
  useShortcuts([
    { keys: "g i", label: "Inbox", group: GROUP, run: () => void navigate({ to: "/inbox", search: {} }) },
    {
      keys: "g u",
      label: "Unread",
      group: GROUP,
      run: () => void navigate({ to: "/inbox", search: { view: "unread" } }),
    },
    { keys: "g m", label: "Mine", group: GROUP, run: () => void navigate({ to: "/inbox", search: { view: "mine" } }) },
    {
      keys: "g o",
      label: "Overdue",
      group: GROUP,
      run: () => void navigate({ to: "/inbox", search: { view: "overdue" } }),
    },
    {
      keys: "g l",
      label: "All leads",
      group: GROUP,
      run: () => void navigate({ to: "/inbox", search: { view: "all" } }),
    },
    {
      keys: "g e",
      label: "Archived",
      group: GROUP,
      run: () => void navigate({ to: "/inbox", search: { view: "archived" } }),
    },
    {
      keys: "g f",
      label: "Show first steps",
      group: "Help",
      run: () => {
        progress({ isShown: true });
        void navigate({ to: "/inbox", search: {} });
      },
    },
    { keys: "g a", label: "Analytics", group: GROUP, run: () => void navigate({ to: "/analytics", search: {} }) },
    { keys: "g s", label: "Settings", group: GROUP, run: () => void navigate({ to: "/settings" }) },
  ]);
}
