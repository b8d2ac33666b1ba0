import type { Lead } from "@/leads/lead";

export const ME = "0199b2c4-6f3a-7c31-8f52-3d7a9be01c01";
export const BUSINESS = "0199b2c4-6f3a-7c31-8f52-3d7a9be01c02";

/** What the frame of the app asks for, answered for an owner of one business. */
export function appAnswers(leads: readonly Lead[] = [], unread = 0) {
  return {
    "GET /api/session": {
      person: { id: ME, email: "kim@example.com" },
      businessId: BUSINESS,
      businesses: [{ id: BUSINESS, name: "Sunny Roofs", role: "owner" }],
    },
    "GET /api/messages": { items: leads, next: null },
    "GET /api/messages/counts": {
      unread,
      waiting: unread,
      mine: 0,
      unassigned: 0,
      overdue: 0,
      all: leads.length + 1,
      archived: 0,
      quarantined: 0,
      views: {},
    },
    "GET /api/views": { views: [] },
    "GET /api/funnels": { funnels: [] },
    "GET /api/members": [],
    "GET /api/tags": [],
  };
}
