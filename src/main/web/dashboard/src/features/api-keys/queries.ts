import { queryOptions } from "@tanstack/react-query";

import { answered, api } from "@/lib/api";

export const apiKeysQuery = () =>
  queryOptions({
    queryKey: ["api-keys"] as const,
    queryFn: async ({ signal }) => (await answered(api.GET("/api/api-keys", { signal }))).keys,
  });
