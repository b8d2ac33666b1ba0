import { QueryClient } from "@tanstack/react-query";

import { Refused } from "@/lib/api";

/** Refusals are final; what failed on the way is asked again. The live stream keeps what is there fresh. */
export function newQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 30_000,
        gcTime: 10 * 60_000,
        retry: (failures, error) => failures < 3 && !(error instanceof Refused && error.problem.status < 500),
        retryDelay: (failures) => Math.min(500 * 2 ** failures, 8_000),
      },
    },
  });
}
