import { QueryClient } from "@tanstack/react-query";

import { isOutage } from "@/lib/api";

const AFTER_OUTAGE_MS = 5_000;

/** Refusals are final; what failed on the way is asked again. The live stream keeps what is there fresh. */
export function newQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 30_000,
        gcTime: 10 * 60_000,
        retry: (failures, error) => failures < 3 && isOutage(error),
        // What could not be loaded comes by itself once the service is back.
        refetchInterval: ({ state }) => state.status === "error" && isOutage(state.error) && AFTER_OUTAGE_MS,
        retryDelay: (failures) => Math.min(500 * 2 ** failures, 8_000),
      },
    },
  });
}
