import type { Preferences } from "@/leads/preferences";

/** What a member is notified of who has said nothing. */
export const PERSONAL: Preferences["personal"] = {
  events: {
    new_lead: { email: false, sms: false, push: true },
    assigned: { email: true, sms: false, push: true },
    escalated: { email: true, sms: true, push: true },
    reminder: { email: true, sms: false, push: true },
    overdue: { email: true, sms: false, push: true },
    summary: { email: false, sms: false, push: true },
  },
  smsUrgentOnly: false,
  summary: { daily: false, weekly: false, hour: 8, weekday: 1, timeZone: null },
};
