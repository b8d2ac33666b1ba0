import type { components } from "@/lib/api";

export type Subscription = components["schemas"]["WebhookSubscription"];
export type EventType = NonNullable<components["schemas"]["NewWebhookSubscription"]["eventTypes"]>[number];

export const EVENT_TYPES: readonly EventType[] = [
  "message.created",
  "message.read",
  "message.acknowledged",
  "message.responded",
  "message.archived",
  "message.unreached",
  "delivery.failed",
];

export const texts = {
  title: "Webhooks",
  about: "Endpoints of yours that are called when something happens. Each call is signed, following Standard Webhooks.",
  add: "Add an endpoint",
  none: "No endpoint yet",
  noneAbout: "Your CRM, a chat room, an automation: whatever speaks HTTP can be told of each lead within a second.",
  events: {
    "message.created": "A lead came in",
    "message.read": "Somebody looked at it",
    "message.acknowledged": "Somebody took it on",
    "message.responded": "It was answered",
    "message.archived": "It was archived",
    "message.unreached": "No channel reached anybody",
    "delivery.failed": "A notification failed for good",
  } satisfies Record<EventType, string>,
  reasons: {
    manual: "Switched off by hand. Its notifications are held.",
    gone: "It answered 410 Gone, and was switched off. Its notifications are held.",
    failing: "Every attempt had failed for five days, and it was switched off. Its notifications are held.",
  },
  secretTitle: "The signing secret",
  secretOnce: "It is shown this once. Keep it where your endpoint checks signatures.",
  tested: "A test call is on its way: see the log.",
  rotated: "Signing with a new secret.",
  removed: "The endpoint is removed.",
  saved: "Saved.",
  enabled: "On again: what was held is sent now, at its pace.",
  disabled: "Off: what comes is held until you switch it on again.",
};
