import { queryOptions } from "@tanstack/react-query";

import { answered, api, type components } from "@/lib/api";

export type Channel = components["schemas"]["Channel"];

export const channelsQuery = () =>
  queryOptions({
    queryKey: ["channels"] as const,
    queryFn: async ({ signal }) => (await answered(api.GET("/api/channels", { signal }))).channels,
  });
