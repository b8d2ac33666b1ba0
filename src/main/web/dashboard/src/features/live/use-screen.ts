import { useQuery } from "@tanstack/react-query";

import { type Preferences, preferencesQuery } from "@/leads/preferences";

/** As the service has it for those who have not said. */
const BEFORE_ASKED: Preferences["screen"] = { badge: true, toast: true, sound: "once" };

/** How the person wants to be told by their own screen. */
export function useScreen(): Preferences["screen"] {
  return useQuery(preferencesQuery()).data?.screen ?? BEFORE_ASKED;
}
