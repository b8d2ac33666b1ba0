import type { components } from "@/lib/api";

export type ApiKey = components["schemas"]["ApiKey"];
export type Scope = components["schemas"]["NewApiKey"]["scopes"][number];

/** What a key may do, in groups; within one the first is asked for most. */
export const SCOPES = {
  leads: ["messages:read", "messages:write", "messages:export", "contacts:read"],
  deliveries: ["deliveries:read", "deliveries:write"],
  webhooks: ["webhooks:read", "webhooks:write"],
  funnels: ["funnels:read", "funnels:write"],
  members: ["members:read"],
  audit: ["audit:read"],
} as const satisfies Record<string, readonly Scope[]>;

export const EXPIRIES = ["never", "30", "90", "365", "day"] as const;
export type Expiry = (typeof EXPIRIES)[number];

/** When a key ends: after so many days from now, or with the day that was named, on the clock of whoever names it. */
export function endOf(expiry: Expiry, day: string, now = new Date()): string | undefined {
  if (expiry === "never") {
    return undefined;
  }
  if (expiry === "day") {
    const end = new Date(`${day}T23:59:59`);
    // What is no day is told to the service as it is: it says what to give.
    return Number.isNaN(end.getTime()) ? day : end.toISOString();
  }
  const end = new Date(now);
  end.setDate(end.getDate() + Number(expiry));
  return end.toISOString();
}

export type State = "live" | "ended" | "revoked";

export function stateOf({ revokedAt, expiresAt }: Pick<ApiKey, "revokedAt" | "expiresAt">, now: number): State {
  if (revokedAt !== null) {
    return "revoked";
  }
  return expiresAt !== null && Date.parse(expiresAt) <= now ? "ended" : "live";
}
