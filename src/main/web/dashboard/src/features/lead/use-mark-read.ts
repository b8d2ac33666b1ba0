import { useEffect, useRef } from "react";

import { useLeadActions } from "@/leads/actions";
import type { LeadInFull } from "@/leads/lead";
import { mayWrite } from "@/lib/session";

const LOOKED_AT_MS = 600;

/** A lead that is looked at, and not only passed by, is read; once, so that it may be marked as unread again. */
export function useMarkRead(lead: LeadInFull): void {
  const { read } = useLeadActions();
  const done = useRef<string>(undefined);
  const isDue = lead.status === "unread" && lead.quarantinedAt === null && mayWrite();
  useEffect(() => {
    if (!isDue || done.current === lead.id) {
      return;
    }
    let timer: ReturnType<typeof setTimeout> | undefined;
    const look = () => {
      clearTimeout(timer);
      if (document.visibilityState === "visible") {
        timer = setTimeout(() => {
          done.current = lead.id;
          void read(lead.id);
        }, LOOKED_AT_MS);
      }
    };
    look();
    document.addEventListener("visibilitychange", look);
    return () => {
      clearTimeout(timer);
      document.removeEventListener("visibilitychange", look);
    };
  }, [isDue, lead.id, read]);
}
