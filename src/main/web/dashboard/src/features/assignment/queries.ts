import { queryOptions } from "@tanstack/react-query";

import { answered, api } from "@/lib/api";

export const rulesQuery = () =>
  queryOptions({
    queryKey: ["assignment-rules"] as const,
    queryFn: async ({ signal }) => (await answered(api.GET("/api/assignment-rules", { signal }))).items,
  });

/** Asked again each minute: who is on duty changes by itself. */
export const rotaQuery = () =>
  queryOptions({
    queryKey: ["rota"] as const,
    queryFn: ({ signal }) => answered(api.GET("/api/rota", { signal })),
    refetchInterval: 60_000,
  });
