import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { getRouteApi, useNavigate, useParams } from "@tanstack/react-router";
import { useMemo } from "react";

import { filterOf, type InboxSearch, inboxSearch, NOTHING, sortOf } from "@/features/inbox/search";
import type { LeadFilter } from "@/leads/filter";
import { leadsQuery, viewsQuery } from "@/leads/queries";

const route = getRouteApi("/shell/inbox");

const NARROWING = Object.keys(NOTHING) as (keyof typeof NOTHING)[];

export type Inbox = ReturnType<typeof useInbox>;

/** What the address says is shown: the search, the filter that it means, and the leads found. */
export function useInbox() {
  const given = route.useSearch();
  // The router adds what it could not check.
  const search = useMemo(() => inboxSearch(given as Record<string, unknown>), [given]);
  const { leadId } = useParams({ strict: false });
  const isOfView = search.saved !== undefined;
  const views = useQuery({ ...viewsQuery(), enabled: isOfView });
  const saved = views.data?.find((each) => each.id === search.saved);
  const shown = useMemo(() => (saved ? merged(saved.filter, search) : search), [saved, search]);
  const filter = useMemo<LeadFilter>(() => filterOf(shown), [shown]);
  const sort = sortOf(shown);
  const query = useInfiniteQuery({ ...leadsQuery(filter, sort), enabled: !isOfView || saved !== undefined });
  const leads = useMemo(() => query.data?.pages.flatMap((page) => page.items) ?? [], [query.data]);
  return {
    search,
    shown,
    saved,
    filter,
    sort,
    query,
    leads,
    leadId,
    /** Somebody has deleted the view that the address names. */
    isGone: isOfView && views.data !== undefined && !saved,
    views,
    view: shown.view ?? "waiting",
    isNarrowed: NARROWING.some((name) => search[name] !== undefined),
  };
}

/** A saved view is a search of its own, over all leads unless it says otherwise; what is typed narrows it further. */
function merged(filter: Record<string, unknown>, search: InboxSearch): InboxSearch {
  const isHeld = filter["quarantined"] === true || filter["quarantined"] === "true";
  const isOverdue = filter["overdue"] === true || filter["overdue"] === "true";
  return {
    view: isHeld ? "quarantine" : isOverdue ? "overdue" : "all",
    ...inboxSearch(filter),
    ...search,
  };
}

/** Changes the address's search; undefined takes a part away. Another list also closes the lead. */
export function useInboxNavigation() {
  const navigate = useNavigate();
  return {
    narrow: (change: { [Name in keyof InboxSearch]: InboxSearch[Name] | undefined }, replace = false) =>
      void navigate({
        to: "/inbox",
        replace,
        search: (before) => {
          const next = { ...inboxSearch(before as Record<string, unknown>), ...change };
          return Object.fromEntries(Object.entries(next).filter(([, value]) => value !== undefined)) as InboxSearch;
        },
      }),
    /** Who walks from lead to lead goes back to the list at once, not through all of them. */
    open: (leadId: string, replace = false) =>
      void navigate({ to: "/inbox/$leadId", params: { leadId }, replace, search: (before) => before as InboxSearch }),
  };
}
