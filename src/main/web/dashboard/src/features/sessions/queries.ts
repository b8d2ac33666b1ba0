import { queryOptions } from "@tanstack/react-query";

import { answered, api } from "@/lib/api";

export const sessionsQuery = () =>
  queryOptions({
    queryKey: ["sessions"] as const,
    queryFn: async ({ signal }) => (await answered(api.GET("/api/sessions", { signal }))).items,
  });
