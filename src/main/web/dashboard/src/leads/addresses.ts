import { queryOptions } from "@tanstack/react-query";

import { answered, api, type components } from "@/lib/api";

/** Where the person is notified, by kind. */
export type Address = components["schemas"]["NotificationAddresses"]["items"][number];

const at = (type: Address["type"]) => ({ params: { path: { type } } });

export const addressesQuery = () =>
  queryOptions({
    queryKey: ["addresses"] as const,
    queryFn: async ({ signal }) => (await answered(api.GET("/api/notification-addresses", { signal }))).items,
  });

/** Sends a code to a new address, or stores an address that needs none. */
export async function setAddress(type: Address["type"], recipient: string): Promise<Address[]> {
  return (await answered(api.PUT("/api/notification-addresses/{type}", { ...at(type), body: { recipient } }))).items;
}

export async function confirmAddress(type: Address["type"], code: string): Promise<Address[]> {
  return (await answered(api.POST("/api/notification-addresses/{type}/confirm", { ...at(type), body: { code } })))
    .items;
}

export async function deleteAddress(type: Address["type"]): Promise<void> {
  await answered(api.DELETE("/api/notification-addresses/{type}", at(type)));
}
