import { answered, callbackMessaging, idempotencyKey, Refused } from "@callback-messaging/client";

import { pageSettings } from "@/lib/page-settings";

export { answered, idempotencyKey, Refused };
export type { components, Message, operations, paths, Problem } from "@callback-messaging/client";

let business: string | undefined;

/** Which business all requests are for, by a person of several. */
export function chooseBusiness(id: string | undefined): void {
  business = id;
}

export function chosenBusiness(): string | undefined {
  return business;
}

/** The access token of a Supabase session; undefined where the session's cookie says who asks. */
export async function bearer(): Promise<string | undefined> {
  if (pageSettings.signIn === "link") {
    return undefined;
  }
  const { accessToken } = await import("@/lib/supabase-session");
  return accessToken();
}

// By the page's own address and by the name of `fetch`, so that what stands in for the network in a test is asked as well.
export const api = callbackMessaging({ baseUrl: location.origin, fetch: (request) => fetch(request) });

api.use({
  async onRequest({ request }) {
    if (business !== undefined) {
      request.headers.set("X-Business-Id", business);
    }
    const token = await bearer();
    if (token !== undefined) {
      request.headers.set("Authorization", `Bearer ${token}`);
    }
    return request;
  },
});

/** What is said to a person about a request that went wrong: the service's own words where there are any. */
export function reason(error: unknown): string {
  if (error instanceof Refused) {
    if (error.problem.status === 401) {
      return "You are signed out. Sign in again to go on.";
    }
    const details = error.problem.errors?.map((each) => each.detail).join(" ");
    return details || error.message;
  }
  return navigator.onLine ? "The service cannot be reached. Try again in a moment." : "You are offline.";
}

/** What the service says is wrong with a field, to be shown beside it. */
export function fieldError(error: unknown, field: string): string | undefined {
  if (!(error instanceof Refused)) {
    return undefined;
  }
  return error.problem.errors?.find((each) => each.field === field || each.field.startsWith(`${field}.`))?.detail;
}

/** What is wrong beyond the fields that are shown. */
export function otherErrors(error: unknown, shown: readonly string[]): string | undefined {
  if (error === null || error === undefined) {
    return undefined;
  }
  return shown.some((field) => fieldError(error, field) !== undefined) ? undefined : reason(error);
}
