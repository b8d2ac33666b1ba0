import { answered, callbackMessaging, idempotencyKey, Refused } from "@callback-messaging/client";

import { shortMoment } from "@/lib/format";
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

export function isSignedOut(error: unknown): boolean {
  return error instanceof Refused && error.problem.status === 401;
}

const NAMES: Readonly<Record<string, string>> = {
  contactPhone: "a phone number",
  contactEmail: "an e-mail address",
  contactName: "a name",
};

/** What is written for programs, said as people say it: moments of the reader's own clock, and no names of the contract. */
function forPeople(text: string): string {
  return text
    .replace(/\b\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d+)?)?Z/g, (at) => shortMoment(at))
    .replace(/\bcontact(?:Phone|Email|Name)\b/g, (name) => NAMES[name] ?? name);
}

/** Whether it may go better without anybody's doing: the service was away, or in trouble. */
export function isOutage(error: unknown): boolean {
  return !(error instanceof Refused && error.problem.status < 500);
}

/** What is said to a person about a request that went wrong: the service's own words where there are any. */
export function reason(error: unknown): string {
  if (isSignedOut(error)) {
    return "You are signed out. Sign in again to go on.";
  }
  if (error instanceof Refused) {
    const details = error.problem.errors?.map((each) => each.detail).join(" ");
    return forPeople(details || error.message);
  }
  return navigator.onLine ? "The service cannot be reached. Try again in a moment." : "You are offline.";
}

/** What the service says is wrong with a field, to be shown beside it. */
export function fieldError(error: unknown, field: string): string | undefined {
  if (!(error instanceof Refused)) {
    return undefined;
  }
  const found = error.problem.errors?.find((each) => each.field === field || each.field.startsWith(`${field}.`));
  return found && forPeople(found.detail);
}

/** What is wrong beyond the fields that are shown. */
export function otherErrors(error: unknown, shown: readonly string[]): string | undefined {
  if (error === null || error === undefined) {
    return undefined;
  }
  return shown.some((field) => fieldError(error, field) !== undefined) ? undefined : reason(error);
}
