import { useNavigate } from "@tanstack/react-router";

import { neighbourOf, useAdvance } from "@/leads/advance";

/** Does what finishes the work on a lead, and goes on to the next one if the person wants that. */
export function useFinish(id: string): (act: () => Promise<unknown>) => void {
  const navigate = useNavigate();
  return (act) => {
    // Found before the lead leaves the list.
    const found = useAdvance.getState().isOn ? neighbourOf(id) : undefined;
    void act();
    if (found?.next !== undefined) {
      const params = { leadId: found.next };
      void navigate({ to: "/inbox/$leadId", params, replace: true, search: (before) => before as never });
    } else if (found) {
      void navigate({ to: "/inbox", search: (before) => before as never });
    }
  };
}
