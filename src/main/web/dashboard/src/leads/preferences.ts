import { queryOptions } from "@tanstack/react-query";

import { answered, api, type components } from "@/lib/api";

/** What reaches whom, and how loudly; `screen` and `personal` are the person's own. */
export type Preferences = components["schemas"]["NotificationPreferences"];

export const preferencesQuery = () =>
  queryOptions({
    queryKey: ["preferences"] as const,
    queryFn: ({ signal }) => answered(api.GET("/api/notification-preferences", { signal })),
    staleTime: 5 * 60_000,
  });

export type PreferencesChange = components["schemas"]["NotificationPreferencesChange"];

/** Changes what is given, and nothing else. */
export function savePreferences(body: PreferencesChange): Promise<Preferences> {
  return answered(api.PATCH("/api/notification-preferences", { body }));
}
