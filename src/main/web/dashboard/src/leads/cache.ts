import type { InfiniteData, QueryClient } from "@tanstack/react-query";

import { type LeadFilter, matches, type Sort } from "@/leads/filter";
import type { Lead, LeadInFull } from "@/leads/lead";
import { leadKeys } from "@/leads/queries";
import { currentSession } from "@/lib/session";

interface Page {
  readonly items: readonly Lead[];
  readonly next: string | null;
}

type Pages = InfiniteData<Page, string>;

/** A lead that has the fields that are shown and not those of one in full. */
function asListed(lead: Lead | LeadInFull): Lead {
  const { timeline: _timeline, deliveries: _deliveries, thread: _thread, ...listed } = lead as LeadInFull;
  return listed as Lead;
}

const isOlder = (one: Lead, than: Lead) =>
  one.revision < than.revision || (one.revision === than.revision && one.updatedAt < than.updatedAt);

/** The newest that is known of a lead, from whichever list or page has it. */
export function knownLead(client: QueryClient, id: string): Lead | undefined {
  const detail = client.getQueryData<LeadInFull>(leadKeys.detail(id));
  if (detail) {
    return detail;
  }
  for (const [, data] of client.getQueriesData<Pages>({ queryKey: leadKeys.lists })) {
    const found = data?.pages.flatMap((page) => page.items).find((each) => each.id === id);
    if (found) {
      return found;
    }
  }
  return undefined;
}

/**
 * Puts a lead as the service told of it where it is shown, and takes it away where it does not belong any more. An older state never
 * overwrites a newer one, so it does not matter in which order answers and events come; `force` is for taking a guess back.
 */
export function applyLead(client: QueryClient, told: Lead | LeadInFull, force = false): void {
  const lead = asListed(told);
  client.setQueryData<LeadInFull>(leadKeys.detail(lead.id), (old) =>
    old === undefined || (!force && isOlder(lead, old)) ? old : { ...old, ...told },
  );
  for (const [key, data] of client.getQueriesData<Pages>({ queryKey: leadKeys.lists })) {
    if (!data) {
      continue;
    }
    const [, , filter, sort] = key as ReturnType<typeof leadKeys.list>;
    const changed = placed(data, lead, filter, sort, force);
    if (changed === "ask") {
      void client.invalidateQueries({ queryKey: key, exact: true });
    } else if (changed !== data) {
      client.setQueryData<Pages>(key, changed);
    }
  }
}

/** Shows a change before the service has answered; what comes back takes it away again. */
export function guess(client: QueryClient, id: string, change: Partial<Lead>): () => void {
  const before = knownLead(client, id);
  if (!before) {
    return () => undefined;
  }
  const snapshot = client.getQueriesData({ queryKey: leadKeys.all });
  applyLead(client, { ...before, ...change }, true);
  return () => {
    const now = knownLead(client, id);
    // Somebody else's change may have come meanwhile: that one stays.
    if (now && now.revision > before.revision) {
      return;
    }
    for (const [key, data] of snapshot) {
      client.setQueryData(key, data);
    }
  };
}

function placed(data: Pages, lead: Lead, filter: LeadFilter, sort: Sort, force: boolean): Pages | "ask" {
  const found = data.pages.flatMap((page) => page.items).find((each) => each.id === lead.id);
  const belongs = matches(filter, lead, currentSession()?.person.id);
  if (found) {
    if (!force && isOlder(lead, found)) {
      return data;
    }
    // What was just read stays in sight until the list is loaded anew: people are looking at it.
    const staysInSight = belongs === false && found.status === "unread" && lead.status === "read";
    return belongs === false && !staysInSight ? without(data, lead.id) : replaced(data, lead);
  }
  if (belongs === undefined) {
    return "ask";
  }
  return belongs ? inserted(data, lead, sort) : data;
}

function without(data: Pages, id: string): Pages {
  return {
    ...data,
    pages: data.pages.map((page) => ({ ...page, items: page.items.filter((each) => each.id !== id) })),
  };
}

function replaced(data: Pages, lead: Lead): Pages {
  return {
    ...data,
    pages: data.pages.map((page) => ({
      ...page,
      items: page.items.map((each) => (each.id === lead.id ? lead : each)),
    })),
  };
}

const ORDERS: Record<Sort, (one: Lead, other: Lead) => boolean> = {
  newest: (one, other) => one.createdAt > other.createdAt,
  oldest: (one, other) => one.createdAt < other.createdAt,
  "time-left": (one, other) => (one.dueAt ?? "9") < (other.dueAt ?? "9"),
};

/** At its place among what is loaded; beyond the last loaded page it will come with the next one. */
function inserted(data: Pages, lead: Lead, sort: Sort): Pages {
  const comesBefore = ORDERS[sort];
  for (const [index, page] of data.pages.entries()) {
    const at = page.items.findIndex((each) => comesBefore(lead, each));
    const isEnd = at < 0 && index === data.pages.length - 1 && page.next === null;
    if (at >= 0 || isEnd) {
      const items = page.items.toSpliced(at < 0 ? page.items.length : at, 0, lead);
      return { ...data, pages: data.pages.with(index, { ...page, items }) };
    }
  }
  return data;
}
