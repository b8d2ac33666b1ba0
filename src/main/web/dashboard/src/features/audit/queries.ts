import { infiniteQueryOptions, keepPreviousData } from "@tanstack/react-query";

import { type AuditSearch, parametersOf } from "@/features/audit/search";
import { answered, api, type components } from "@/lib/api";

export type Entry = components["schemas"]["AuditEntry"];

const PAGE = 50;

/** What was done, the newest first, page after page. */
export const auditQuery = (search: AuditSearch) =>
  infiniteQueryOptions({
    queryKey: ["audit", search] as const,
    queryFn: ({ pageParam, signal }) =>
      answered(
        api.GET("/api/audit", {
          params: { query: { ...parametersOf(search), limit: PAGE, ...(pageParam && { cursor: pageParam }) } },
          signal,
        }),
      ),
    initialPageParam: "",
    getNextPageParam: (page) => page.next ?? undefined,
    placeholderData: keepPreviousData,
    staleTime: 5_000,
  });
