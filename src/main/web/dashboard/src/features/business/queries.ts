import { queryOptions } from "@tanstack/react-query";

import { answered, api } from "@/lib/api";

export const settingsQuery = () =>
  queryOptions({
    queryKey: ["business-settings"] as const,
    queryFn: ({ signal }) => answered(api.GET("/api/settings", { signal })),
  });
