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
  about: "Endpoints of yours that are called when something happens. Each call is signed as of Standard Webhooks.",
  add: "Add an endpoint",
  none: "No endpoint yet",
  noneAbout: "Your CRM, a chat room, an automation: whatever speaks HTTP can be told of each lead within a second.",
  events: {
    "message.created": "A lead came in",
    "message.read": "Somebody looked at it",
    "message.acknowledged": "Somebody took it on",
    "message.responded": "It was answered",
    "message.archived": "It was put away",
    "message.unreached": "No channel has reached anybody",
    "delivery.failed": "A notification has failed for good",
  } satisfies Record<EventType, string>,
  reasons: {
    manual: "Switched off by hand. What is owed to it is held.",
    gone: "It answered 410 Gone, and was switched off. What is owed to it is held.",
    failing: "Every attempt had failed for five days, and it was switched off. What is owed to it is held.",
  },
  secretTitle: "The signing secret",
  secretOnce: "It is shown this once. Keep it where your endpoint checks signatures.",
  tested: "A test call is on its way: see the log.",
  rotated: "Signing with a new secret.",
  removed: "The endpoint is removed.",
  saved: "Saved.",
  enabled: "On again: what was held is sent now, at its pace.",
  disabled: "Off: what comes is held until it is on again.",
};
