import type { Subscription } from "@/features/webhooks/texts";

/** An endpoint that is on. */
export function aSubscription(change: Partial<Subscription> = {}): Subscription {
  return {
    id: "3f0b2c9e-3d41-4a70-9b53-0c7e5a1d2f84",
    url: "https://crm.example.com/hooks",
    description: "The CRM",
    eventTypes: ["message.created"],
    enabled: true,
    disabledReason: null,
    disabledAt: null,
    drainPerMinute: 600,
    rateLimit: null,
    ordering: "none",
    payloadTemplate: null,
    authentication: null,
    headers: {},
    failingSince: null,
    secret: null,
    secrets: [{ createdAt: "2026-11-22T03:04:05.123Z", expiresAt: null }],
    createdAt: "2026-11-22T03:04:05.123Z",
    updatedAt: "2026-11-22T03:04:05.123Z",
    ...change,
  };
}
