import type { components } from "@/lib/api";

/** A lead as lists show it. */
export type Lead = components["schemas"]["Message"];

/** A lead with its timeline, its deliveries and what was said to it. */
export type LeadInFull = components["schemas"]["MessageInFull"];

export type Status = Lead["status"];
export type Priority = Lead["priority"];
export type Delivery = components["schemas"]["Delivery"];
export type DeliveryState = Delivery["state"];
export type ThreadEntry = components["schemas"]["ThreadEntry"];
export type CallOutcome = NonNullable<Lead["callOutcome"]>;

export const STATUSES: readonly Status[] = ["unread", "read", "acknowledged", "responded", "archived"];
export const OUTCOMES = [
  "reached",
  "voicemail",
  "no_answer",
  "wrong_number",
  "not_interested",
  "booked",
  "none",
] as const;
export const PRIORITIES: readonly Priority[] = ["urgent", "high", "medium", "low"];

/** Whether it still wants somebody: nobody has acknowledged it. */
export function isWaiting(lead: Pick<Lead, "status" | "quarantinedAt">): boolean {
  return (lead.status === "unread" || lead.status === "read") && lead.quarantinedAt === null;
}

export function isOverdue(lead: Pick<Lead, "status" | "quarantinedAt" | "dueAt">, now: number): boolean {
  return isWaiting(lead) && lead.dueAt !== null && Date.parse(lead.dueAt) <= now;
}
