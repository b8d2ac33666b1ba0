import { infiniteQueryOptions, keepPreviousData, queryOptions } from "@tanstack/react-query";

import { asParameters, type LeadFilter, type Sort } from "@/leads/filter";
import { answered, api } from "@/lib/api";

/** What is seen first comes fast; whoever scrolls on wants many. */
const FIRST_PAGE = 50;
const PAGE = 200;

export const leadKeys = {
  all: ["leads"] as const,
  lists: ["leads", "list"] as const,
  list: (filter: LeadFilter, sort: Sort) => ["leads", "list", filter, sort] as const,
  detail: (id: string) => ["leads", "detail", id] as const,
  counts: ["leads", "counts"] as const,
};

/** The leads that a filter finds, page after page. */
export const leadsQuery = (filter: LeadFilter, sort: Sort) =>
  infiniteQueryOptions({
    queryKey: leadKeys.list(filter, sort),
    queryFn: ({ pageParam, signal }) =>
      answered(
        api.GET("/api/messages", {
          params: {
            query: {
              ...asParameters(filter),
              sort,
              ...(pageParam ? { limit: PAGE, cursor: pageParam } : { limit: FIRST_PAGE }),
            } as never,
          },
          signal,
        }),
      ),
    initialPageParam: "",
    getNextPageParam: (page) => page.next ?? undefined,
  });

/** One lead with all that is known of it. */
export const leadQuery = (id: string) =>
  queryOptions({
    queryKey: leadKeys.detail(id),
    queryFn: ({ signal }) => answered(api.GET("/api/messages/{id}", { params: { path: { id } }, signal })),
  });

/** How many leads each view has. */
export const countsQuery = () =>
  queryOptions({
    queryKey: leadKeys.counts,
    queryFn: ({ signal }) => answered(api.GET("/api/messages/counts", { signal })),
    placeholderData: keepPreviousData,
  });

/** How many leads a filter finds: what is confirmed before all of them are changed. */
export const countQuery = (filter: LeadFilter) =>
  queryOptions({
    queryKey: ["leads", "count", filter] as const,
    queryFn: ({ signal }) =>
      answered(api.GET("/api/messages/count", { params: { query: asParameters(filter) as never }, signal })),
    staleTime: 0,
  });

/** Times within the opening hours until which a lead can be snoozed. */
export const snoozeTimesQuery = () =>
  queryOptions({
    queryKey: ["snooze-times"] as const,
    queryFn: async ({ signal }) => (await answered(api.GET("/api/snooze-times", { signal }))).times,
    // They count from now.
    staleTime: 60_000,
  });

export const membersQuery = () =>
  queryOptions({
    queryKey: ["members"] as const,
    queryFn: ({ signal }) => answered(api.GET("/api/members", { signal })),
    staleTime: 5 * 60_000,
  });

export const funnelsQuery = () =>
  queryOptions({
    queryKey: ["funnels"] as const,
    queryFn: async ({ signal }) => (await answered(api.GET("/api/funnels", { signal }))).funnels,
    staleTime: 5 * 60_000,
  });

export const tagsQuery = () =>
  queryOptions({
    queryKey: ["tags"] as const,
    queryFn: ({ signal }) => answered(api.GET("/api/tags", { signal })),
    staleTime: 60_000,
  });

export const viewsQuery = () =>
  queryOptions({
    queryKey: ["views"] as const,
    queryFn: async ({ signal }) => (await answered(api.GET("/api/views", { signal }))).views,
    staleTime: 5 * 60_000,
  });
