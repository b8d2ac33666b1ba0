import { type LeadFilter, matches } from "@/leads/filter";
import type { Lead } from "@/leads/lead";
import { aLead } from "./lead";
import { playService } from "./service";

export const ME = "4bd2e1a0-55f0-4a57-8a53-5f1c2e0c9a11";
export const KIM = "7c1f0a52-0c7e-4c2e-9d9b-2b1f3d5a6b77";
export const FUNNEL = "0d3c6f5e-8a51-4d0e-9a44-5f1f3c0b7a10";

export function leadId(index: number): string {
  return `0199b2c4-6f3a-7c31-8f52-${String(index).padStart(12, "0")}`;
}

/** So many leads, the newest first; each has its number in its name. */
export function someLeads(count: number, change: (index: number) => Partial<Lead> = () => ({})): Lead[] {
  return Array.from({ length: count }, (_, index) =>
    aLead({
      id: leadId(index),
      contactName: `Lead ${index + 1}`,
      contactPhone: `+61 491 57${String(index).padStart(4, "0")}`,
      createdAt: new Date(Date.UTC(2026, 10, 22, 3, 0, 0) - index * 60_000).toISOString(),
      dueAt: new Date(Date.now() + 3_600_000 + index * 60_000).toISOString(),
      ...change(index),
    }),
  );
}

interface Business {
  readonly leads?: readonly Lead[];
  readonly role?: "owner" | "agent" | "viewer";
  readonly more?: Record<string, unknown>;
}

/** A service that finds leads by their fields, as the real one does, page after page. */
export function playInbox({ leads = [], role = "owner", more = {} }: Business = {}) {
  const several = (values: string[]) => (values.length > 0 ? values : undefined);
  const found = (query: URLSearchParams) => {
    const filter = Object.fromEntries(
      Object.entries({
        status: several(query.getAll("status")),
        priority: several(query.getAll("priority")),
        tag: several(query.getAll("tag")),
        funnel: query.get("funnel") ?? undefined,
        assignee: query.get("assignee") ?? undefined,
        overdue: query.has("overdue") || undefined,
        quarantined: query.get("quarantined") === "true" || undefined,
      }).filter(([, value]) => value !== undefined),
    ) as LeadFilter;
    const q = query.get("q")?.toLowerCase() ?? "";
    return leads.filter(
      (each) => matches(filter, each, ME) && `${each.contactName} ${each.message}`.toLowerCase().includes(q),
    );
  };
  const queryOf = (request: Request) => new URL(request.url).searchParams;
  const count = (filter: LeadFilter) => leads.filter((each) => matches(filter, each, ME)).length;
  return playService({
    "GET /api/session": {
      person: { id: ME, email: "owner@demo.example" },
      businesses: [{ id: "b1", name: "Harbour Street Solar", role }],
      businessId: "b1",
      csrf: null,
    },
    "GET /api/messages": (request: Request) => {
      const query = queryOf(request);
      const from = Number(query.get("cursor") ?? 0);
      const to = from + Number(query.get("limit"));
      const all = found(query);
      return { items: all.slice(from, to), next: to < all.length ? String(to) : null };
    },
    "GET /api/messages/counts": () => ({
      unread: count({ status: ["unread"] }),
      waiting: count({ status: ["unread", "read"] }),
      mine: count({ assignee: "me" }),
      unassigned: count({ assignee: "nobody" }),
      overdue: count({ overdue: true }),
      all: count({}),
      archived: count({ status: ["archived"] }),
      quarantined: count({ quarantined: true }),
      views: {},
    }),
    "GET /api/messages/count": (request: Request) => ({ count: found(queryOf(request)).length, isMore: false }),
    "GET /api/views": { views: [] },
    "GET /api/members": [
      { id: ME, email: "owner@demo.example", role: "owner" },
      { id: KIM, email: "kim@demo.example", role: "agent" },
    ],
    "GET /api/funnels": {
      funnels: [
        {
          id: FUNNEL,
          name: "Roof check",
          slug: "demo",
          title: null,
          intro: null,
          isActive: true,
          visitorReceipts: [],
          silence: null,
          allowedOrigins: [],
          formUrl: "https://leads.example/f/demo",
          createdAt: null,
        },
      ],
    },
    "GET /api/tags": [{ name: "battery", count: 2 }],
    ...more,
  });
}
