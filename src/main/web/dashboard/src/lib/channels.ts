import { queryOptions, useQuery } from "@tanstack/react-query";

import { answered, api, type components } from "@/lib/api";

export type Channel = components["schemas"]["Channel"];
export type ProviderHealth = components["schemas"]["ProviderHealth"];

export const channelsQuery = () =>
  queryOptions({
    queryKey: ["channels"] as const,
    queryFn: async ({ signal }) => (await answered(api.GET("/api/channels", { signal }))).channels,
  });

const PROVIDERS_EVERY_MS = 60_000;

/** How the providers of each channel do; looked at again each minute while the page is seen. */
export const providersQuery = () =>
  queryOptions({
    queryKey: ["providers"] as const,
    queryFn: async ({ signal }) => (await answered(api.GET("/api/providers", { signal }))).providers,
    refetchInterval: PROVIDERS_EVERY_MS,
  });

/** Names channels as the operator has labelled them, and by their type until that is known. */
export function useChannelName(): (type: string) => string {
  const { data } = useQuery({ ...channelsQuery(), staleTime: Infinity });
  return (type) => data?.find((each) => each.type === type)?.label ?? type;
}
