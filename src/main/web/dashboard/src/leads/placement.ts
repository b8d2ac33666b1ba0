import type { InfiniteData } from "@tanstack/react-query";

import { type LeadFilter, matches, type Sort } from "@/leads/filter";
import type { Lead } from "@/leads/lead";
import type { Age } from "@/leads/memory";

interface Page {
  readonly items: readonly Lead[];
  readonly next: string | null;
}

/** A list as far as it is loaded. */
export type Pages = InfiniteData<Page, string>;

/** Whether another state of the same lead came before; two of the same moment are told in their order. */
export const isOlder = (one: Age, than: Age) =>
  one.revision < than.revision || (one.revision === than.revision && one.updatedAt < than.updatedAt);

export function findIn(data: Pages | undefined, id: string): Lead | undefined {
  for (const page of data?.pages ?? []) {
    const found = page.items.find((each) => each.id === id);
    if (found) {
      return found;
    }
  }
  return undefined;
}

/** The list with the lead where it belongs; "ask" where only the service can say whether it does. */
export function placed(
  data: Pages,
  lead: Lead,
  { filter, sort, me }: { filter: LeadFilter; sort: Sort; me: string | undefined },
): Pages | "ask" {
  const found = findIn(data, lead.id);
  const belongs = matches(filter, lead, me);
  if (!found) {
    return belongs === undefined ? "ask" : belongs ? inserted(data, lead, sort) : data;
  }
  if (isOlder(lead, found)) {
    return data;
  }
  if (belongs === false && !staysInSight(filter, lead, me)) {
    return without(data, lead.id);
  }
  const hasMoved = sort === "time-left" && found.dueAt !== lead.dueAt;
  return hasMoved ? inserted(without(data, lead.id), lead, sort) : replaced(data, lead);
}

/** What was just read stays until the list is loaded anew: people are looking at it. */
function staysInSight(filter: LeadFilter, lead: Lead, me: string | undefined): boolean {
  return lead.status === "read" && matches(filter, { ...lead, status: "unread" }, me) !== false;
}

function changed(data: Pages, change: (items: readonly Lead[]) => readonly Lead[]): Pages {
  return { ...data, pages: data.pages.map((page) => ({ ...page, items: change(page.items) })) };
}

function without(data: Pages, id: string): Pages {
  return changed(data, (items) => items.filter((each) => each.id !== id));
}

function replaced(data: Pages, lead: Lead): Pages {
  return changed(data, (items) => items.map((each) => (each.id === lead.id ? lead : each)));
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
      const items = [...page.items];
      items.splice(at < 0 ? items.length : at, 0, lead);
      return { ...data, pages: data.pages.map((each, place) => (place === index ? { ...page, items } : each)) };
    }
  }
  return data;
}
