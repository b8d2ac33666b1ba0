import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { getRouteApi, useNavigate, useParams } from "@tanstack/react-router";
import { useMemo } from "react";

import { filterOf, type InboxSearch, inboxSearch, sortOf } from "@/features/inbox/search";
import type { LeadFilter } from "@/leads/filter";
import { leadsQuery, viewsQuery } from "@/leads/queries";

const route = getRouteApi("/shell/inbox");

const NARROWING = ["q", "status", "priority", "funnel", "assignee", "tag", "delivery", "from", "to"] as const;

/** What the address says is shown: the search, the filter that it means, and the leads found. */
export function useInbox() {
  const search = route.useSearch();
  const { leadId } = useParams({ strict: false });
  const views = useQuery({ ...viewsQuery(), enabled: search.saved !== undefined });
  const saved = views.data?.find((each) => each.id === search.saved);
  const isResolved = search.saved === undefined || views.data !== undefined;
  const shown = useMemo(() => (saved ? merged(saved.filter, search) : search), [saved, search]);
  const filter = useMemo<LeadFilter>(() => filterOf(shown), [shown]);
  const sort = sortOf(shown);
  const query = useInfiniteQuery({ ...leadsQuery(filter, sort), enabled: isResolved });
  const leads = useMemo(() => query.data?.pages.flatMap((page) => page.items) ?? [], [query.data]);
  return {
    search,
    saved,
    filter,
    sort,
    query,
    leads,
    leadId,
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
    open: (leadId: string) =>
      void navigate({ to: "/inbox/$leadId", params: { leadId }, search: (before) => before as InboxSearch }),
  };
}
