import { queryOptions } from "@tanstack/react-query";

import { answered, api } from "@/lib/api";
import { isSubscribedToPush } from "@/lib/push";

/** The person's devices, the key to subscribe with, and whether this browser has a subscription. */
export const devicesQuery = () =>
  queryOptions({
    queryKey: ["push-devices"],
    queryFn: async ({ signal }) => {
      const [found, isSubscribed] = await Promise.all([
        answered(api.GET("/api/push-devices", { signal })),
        isSubscribedToPush(),
      ]);
      return { ...found, isSubscribed };
    },
  });
