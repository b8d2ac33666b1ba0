import type { StreamEvent } from "@callback-messaging/client";
import { useNavigate, useParams } from "@tanstack/react-router";
import { useEffect, useMemo, useRef } from "react";

import { announce } from "@/features/live/announce";
import { ring, silence } from "@/features/live/ringing";
import { texts } from "@/features/live/texts";
import { useScreen } from "@/features/live/use-screen";
import { useLeadActions } from "@/leads/actions";
import type { Lead } from "@/leads/lead";
import { nameOf } from "@/leads/names";
import { dismiss, notify } from "@/lib/notify";
import { mayWrite } from "@/lib/session";

const TOAST_MS = 12_000;
const AT_ONCE = 3;
const WITHIN_MS = 10_000;
const MOST_KNOWN = 5_000;

const ARRIVING: readonly string[] = ["message.created", "message.released"];

/** Tells of leads that come in: each once, many at once as a figure, and no more of those that somebody has seen to. */
export function useArrivals(): (event: StreamEvent) => void {
  const navigate = useNavigate();
  const actions = useLeadActions();
  const isShown = useRef(true);
  isShown.current = useScreen().toast;
  const shownToasts = useRef(new Map<string, number>());
  const opened = useParams({ strict: false, select: ({ leadId }) => leadId });
  // Whoever looks at the lead need not be told of it, nor have a second button for the same.
  useEffect(() => {
    const toast = opened === undefined ? undefined : shownToasts.current.get(opened);
    if (opened !== undefined && toast !== undefined) {
      dismiss(toast);
      shownToasts.current.delete(opened);
    }
  }, [opened]);
  return useMemo(() => {
    const known = new Set<string>();
    const toasts = shownToasts.current;
    let recent: number[] = [];
    let summary: number | undefined;

    const open = (id: string) => () => {
      silence(id);
      void navigate({ to: "/inbox/$leadId", params: { leadId: id }, search: {} });
    };

    const tell = (lead: Lead) => {
      const now = Date.now();
      recent = [...recent.filter((each) => now - each < WITHIN_MS), now];
      if (recent.length > AT_ONCE) {
        if (summary !== undefined) {
          dismiss(summary);
        }
        toasts.forEach(dismiss);
        toasts.clear();
        summary = notify({
          title: texts.newLeads(recent.length),
          detail: texts.newLeadsAbout,
          tone: "lead",
          lasts: TOAST_MS,
          action: { label: texts.open, run: () => void navigate({ to: "/inbox", search: { view: "unread" } }) },
        });
        return;
      }
      summary = undefined;
      // What is to be done is done to the lead that it brings back.
      const isReminder = lead.type === "reminder";
      const toast = notify({
        title: isReminder ? texts.reminder(nameOf(lead)) : texts.newLead(nameOf(lead)),
        detail: lead.subject ?? lead.message ?? texts.wants[lead.type] ?? texts.wantsSomething,
        tone: "lead",
        lasts: TOAST_MS,
        action: { label: texts.open, run: open((isReminder && lead.follows) || lead.id) },
        other:
          mayWrite() && !isReminder
            ? {
                label: texts.acknowledge,
                run: () => {
                  silence(lead.id);
                  void actions.acknowledge(lead.id);
                },
              }
            : undefined,
      });
      toasts.set(lead.id, toast);
    };

    /** Whoever reads the conversation sees it there. */
    const tellReply = (lead: Lead) => {
      if (!isShown.current) {
        announce(texts.newReply(nameOf(lead)));
      } else if (!location.pathname.endsWith(`/${lead.id}`)) {
        notify({
          title: texts.newReply(nameOf(lead)),
          detail: lead.subject ?? texts.newReplyAbout,
          tone: "lead",
          lasts: TOAST_MS,
          action: { label: texts.open, run: open(lead.id) },
        });
      }
    };

    const isNew = (event: string) => {
      if (known.has(event)) {
        return false;
      }
      known.add(event);
      if (known.size > MOST_KNOWN) {
        known.delete(known.values().next().value!);
      }
      return true;
    };

    return (event) => {
      if ((event.event !== "message.created" && event.event !== "message.updated") || !event.message) {
        return;
      }
      const { type, message: lead } = event;
      if (type === "message.reply_received" && lead.quarantinedAt === null && isNew(`${type} ${event.at} ${lead.id}`)) {
        tellReply(lead);
      }
      if (lead.status !== "unread" || lead.quarantinedAt !== null) {
        silence(lead.id);
        const toast = toasts.get(lead.id);
        if (toast !== undefined) {
          dismiss(toast);
          toasts.delete(lead.id);
        }
      } else if (ARRIVING.includes(type) && isNew(lead.id)) {
        ring(lead.id);
        if (!isShown.current) {
          announce(texts.newLead(nameOf(lead)));
        } else if (!location.pathname.endsWith(`/${lead.id}`)) {
          tell(lead);
        }
      }
    };
  }, [actions, navigate]);
}
