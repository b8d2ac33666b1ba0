import { type LeadFilter, type Sort, VIEW_FILTERS, type ViewName, VIEWS } from "@/leads/filter";
import { OUTCOMES, PRIORITIES, type Priority, type Status, STATUSES } from "@/leads/lead";

/** What stands in the inbox's address: a view, and filters that narrow it. Whatever is not understood is left out. */
export interface InboxSearch {
  readonly view?: ViewName;
  /** The id of a saved view. */
  readonly saved?: string;
  readonly q?: string;
  readonly status?: Status[];
  readonly priority?: Priority[];
  readonly funnel?: string;
  readonly assignee?: string;
  readonly outcome?: NonNullable<LeadFilter["outcome"]>;
  readonly sla?: NonNullable<LeadFilter["sla"]>;
  readonly source?: string;
  readonly campaign?: string;
  readonly tag?: string[];
  readonly delivery?: NonNullable<LeadFilter["delivery"]>;
  readonly from?: string;
  readonly to?: string;
  readonly sort?: Sort;
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const SORTS: readonly Sort[] = ["newest", "oldest", "time-left"];
const SLAS = ["met", "missed"] as const;
const DELIVERIES = ["pending", "sending", "held", "sent", "delivered", "unknown", "failed", "cancelled"] as const;

function among<T extends string>(allowed: readonly T[], value: unknown): T | undefined {
  return allowed.find((each) => each === value);
}

/** Views that were kept by other programs have several as one text, as the API's own addresses do. */
function several(value: unknown): unknown[] {
  return (Array.isArray(value) ? value : [value]).flatMap((each: unknown) =>
    typeof each === "string" ? each.split(",") : [each],
  );
}

function severalAmong<T extends string>(allowed: readonly T[], value: unknown): T[] | undefined {
  const given = several(value);
  const known = allowed.filter((each) => given.includes(each));
  return known.length > 0 ? known : undefined;
}

function text(value: unknown, most: number): string | undefined {
  // The router reads digits in an address as a number: somebody looks for a phone.
  const given = typeof value === "number" ? String(value) : value;
  return typeof given === "string" && given.trim() !== "" ? given.slice(0, most) : undefined;
}

function texts(value: unknown): string[] | undefined {
  const given = several(value)
    .map((each) => text(each, 40)?.trim())
    .filter((each) => each !== undefined);
  return given.length > 0 ? given.slice(0, 5) : undefined;
}

function date(value: unknown): string | undefined {
  if (typeof value !== "string" || Number.isNaN(Date.parse(value))) {
    return undefined;
  }
  // A day that no month has is read as one of the next month.
  const day = value.slice(0, 10);
  return new Date(`${day}T00:00:00Z`).toISOString().startsWith(day) ? value : undefined;
}

function matching(pattern: RegExp, value: unknown): string | undefined {
  return typeof value === "string" && pattern.test(value) ? value : undefined;
}

/** Reads an address. */
export function inboxSearch(given: Record<string, unknown>): InboxSearch {
  const read: { [Name in keyof InboxSearch]-?: InboxSearch[Name] | undefined } = {
    view: among(VIEWS, given["view"]),
    saved: matching(UUID, given["saved"]),
    q: text(given["q"], 200),
    status: severalAmong(STATUSES, given["status"]),
    priority: severalAmong(PRIORITIES, given["priority"]),
    funnel: matching(UUID, given["funnel"]),
    assignee:
      given["assignee"] === "me" || given["assignee"] === "nobody"
        ? given["assignee"]
        : matching(UUID, given["assignee"]),
    outcome: among(OUTCOMES, given["outcome"]),
    sla: among(SLAS, given["sla"]),
    source: text(given["source"], 100),
    campaign: text(given["campaign"], 100),
    tag: texts(given["tag"]),
    delivery: among(DELIVERIES, given["delivery"]),
    from: date(given["from"]),
    to: date(given["to"]),
    sort: among(SORTS, given["sort"]),
  };
  return Object.fromEntries(Object.entries(read).filter(([, value]) => value !== undefined)) as InboxSearch;
}

/** What the list is asked for: the view's filter, narrowed by the others. */
export function filterOf({ view = "waiting", saved: _saved, sort: _sort, ...narrowing }: InboxSearch): LeadFilter {
  return { ...VIEW_FILTERS[view], ...narrowing };
}

/** Those who wait longest stand first where it is about answering, else the newest. */
export function sortOf({ view = "waiting", sort }: InboxSearch): Sort {
  return sort ?? (view === "overdue" ? "time-left" : "newest");
}

/** What takes all narrowing away. */
export const NOTHING = {
  q: undefined,
  status: undefined,
  priority: undefined,
  funnel: undefined,
  assignee: undefined,
  outcome: undefined,
  sla: undefined,
  source: undefined,
  campaign: undefined,
  tag: undefined,
  delivery: undefined,
  from: undefined,
  to: undefined,
} as const;
