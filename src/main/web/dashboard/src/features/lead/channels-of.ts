import type { LeadInFull } from "@/leads/lead";
import { mayReceiveSms } from "@/lib/mobile";

export type WritingChannel = "email" | "sms" | "note";

/** By which ways something can be written: to the lead, or to colleagues. */
export function channelsOf(lead: LeadInFull): readonly WritingChannel[] {
  return [
    ...(lead.contactEmail ? ["email" as const] : []),
    ...(mayReceiveSms(lead.contactPhoneE164) ? ["sms" as const] : []),
    "note",
  ];
}
