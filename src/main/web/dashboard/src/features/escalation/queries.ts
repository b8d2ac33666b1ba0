import { queryOptions } from "@tanstack/react-query";

import { answered, api } from "@/lib/api";

export const policiesQuery = () =>
  queryOptions({
    queryKey: ["escalation-policies"] as const,
    queryFn: async ({ signal }) => (await answered(api.GET("/api/escalation-policies", { signal }))).policies,
    staleTime: 60_000,
  });

export const outcomeRulesQuery = () =>
  queryOptions({
    queryKey: ["outcome-rules"] as const,
    queryFn: async ({ signal }) => (await answered(api.GET("/api/outcome-rules", { signal }))).rules,
    staleTime: 60_000,
  });
