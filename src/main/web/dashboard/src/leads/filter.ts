import type { components } from "@/lib/api";
import { isOverdue, type Lead } from "@/leads/lead";

/** Which leads are meant, with the names that the API has for it. */
export type LeadFilter = components["schemas"]["MessageFilter"];
export type Sort = "newest" | "oldest" | "time-left";

export const VIEWS = ["waiting", "unread", "mine", "overdue", "all", "archived", "quarantine"] as const;
export type ViewName = (typeof VIEWS)[number];

/** What the built-in views show; `GET /api/messages/counts` counts the same. */
export const VIEW_FILTERS: Readonly<Record<ViewName, LeadFilter>> = {
  waiting: { status: ["unread", "read"] },
  unread: { status: ["unread"] },
  mine: { assignee: "me", status: ["unread", "read", "acknowledged"] },
  overdue: { overdue: true },
  all: {},
  archived: { status: ["archived"] },
  quarantine: { quarantined: true },
};

/** The same as parameters of an address, where a list of several is one text. */
export function asParameters(filter: LeadFilter) {
  const { status, priority, tag, ...rest } = filter;
  return {
    ...rest,
    ...(status && { status: [...status] }),
    ...(priority && { priority: [...priority] }),
    ...(tag && { tag: [...tag] }),
  };
}

/** Whether the lead belongs to what the filter finds; undefined where only the service knows, as with search words. */
export function matches(filter: LeadFilter, lead: Lead, me: string | undefined, now = Date.now()): boolean | undefined {
  const isIn = <T>(wanted: readonly T[] | undefined, value: T) => wanted === undefined || wanted.includes(value);
  const certain =
    (lead.quarantinedAt !== null) === (filter.quarantined ?? false) &&
    isIn(filter.status, lead.status) &&
    isIn(filter.priority, lead.priority) &&
    (filter.type === undefined || filter.type === lead.type) &&
    (filter.funnel === undefined || filter.funnel === lead.funnelId) &&
    (filter.from === undefined || lead.createdAt >= filter.from) &&
    (filter.to === undefined || lead.createdAt < filter.to) &&
    (filter.tag === undefined || filter.tag.every((each) => lead.tags.includes(each))) &&
    (filter.overdue === undefined || isOverdue(lead, now)) &&
    (filter.outcome === undefined || filter.outcome === (lead.callOutcome ?? "none")) &&
    isAssigned(filter.assignee, lead.assignedTo, me);
  const unknown = [filter.q, filter.delivery, filter.sla, filter.source, filter.campaign].some(
    (each) => each !== undefined,
  );
  return certain && unknown ? undefined : certain;
}

function isAssigned(wanted: string | undefined, assignee: string | null, me: string | undefined): boolean {
  switch (wanted) {
    case undefined:
      return true;
    case "me":
      return assignee !== null && assignee === me;
    case "nobody":
      return assignee === null;
    default:
      return assignee === wanted;
  }
}
