// What other features may use.
export { subscriptionsQuery } from "@/features/webhooks/queries";
