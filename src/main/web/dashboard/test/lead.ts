import type { Lead, LeadInFull } from "@/leads/lead";

/** A lead as the service shows it, with what matters to a test. */
export function aLead(change: Partial<Lead> = {}): Lead {
  return {
    id: "0199b2c4-6f3a-7c31-8f52-3d7a9be01c55",
    funnelId: "0d3c6f5e-8a51-4d0e-9a44-5f1f3c0b7a10",
    type: "callback_request",
    contactName: "Ada Lovelace",
    reference: "F6KG-CJA9",
    contactPhone: "+61 491 570 006",
    contactPhoneE164: "+61491570006",
    contactEmail: null,
    subject: null,
    message: "After five, please.",
    priority: "medium",
    status: "unread",
    assignedTo: null,
    tags: [],
    dueAt: "2026-11-22T04:04:05.123Z",
    readAt: null,
    acknowledgedAt: null,
    acknowledgedBy: null,
    respondedAt: null,
    archivedAt: null,
    callOutcome: null,
    callAgainAt: null,
    emailStatus: "sent",
    smsStatus: "sent",
    unreachedSince: null,
    quarantinedAt: null,
    quarantineReason: null,
    follows: null,
    seenAgain: 0,
    metadata: {},
    revision: 1,
    createdAt: "2026-11-22T03:04:05.123Z",
    updatedAt: "2026-11-22T03:04:06.402Z",
    ...change,
  } as Lead;
}

export function aLeadInFull(change: Partial<LeadInFull> = {}): LeadInFull {
  return {
    ...aLead(),
    timeline: [{ type: "message.created", data: {}, at: "2026-11-22T03:04:05.123Z" }],
    deliveries: [],
    thread: [],
    ...change,
  } as LeadInFull;
}
