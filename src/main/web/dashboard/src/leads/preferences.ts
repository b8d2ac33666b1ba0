import { queryOptions } from "@tanstack/react-query";

import { answered, api, type components } from "@/lib/api";

/** What reaches whom, and how loudly; `screen` is the person's own. */
export type Preferences = components["schemas"]["NotificationPreferences"];

export const preferencesQuery = () =>
  queryOptions({
    queryKey: ["preferences"] as const,
    queryFn: ({ signal }) => answered(api.GET("/api/notification-preferences", { signal })),
    staleTime: 5 * 60_000,
  });

type Change = { readonly [Group in keyof Preferences]?: Partial<Preferences[Group]> };

/** Changes what is given, and nothing else. */
export function savePreferences(body: Change): Promise<Preferences> {
  return answered(api.PATCH("/api/notification-preferences", { body }));
}
