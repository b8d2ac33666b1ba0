import type { LeadInFull } from "@/leads/lead";
import { playInbox } from "./inbox";
import { aLead, aLeadInFull } from "./lead";
import { showAt } from "./show";

/** A lead that is open, of a service that keeps what is done to it. */
export function openLead(
  change: Partial<LeadInFull> = {},
  { role = "owner", more = {} }: { role?: "owner" | "agent" | "viewer"; more?: Record<string, unknown> } = {},
) {
  let lead = aLeadInFull({ status: "read", ...change });
  const path = `/api/messages/${lead.id}`;
  /** Answers with the lead as it is afterwards. */
  const after = (next: Partial<LeadInFull> | ((body: unknown) => Partial<LeadInFull>)) => async (request: Request) => {
    const text = await request.text();
    const made = typeof next === "function" ? next(text ? JSON.parse(text) : undefined) : next;
    return (lead = { ...lead, ...made, revision: lead.revision + 1 });
  };
  const service = playInbox({
    leads: [aLead({ id: lead.id, status: lead.status, quarantinedAt: lead.quarantinedAt })],
    role,
    more: {
      [`GET ${path}`]: () => lead,
      [`GET ${path}/notes`]: { items: [], next: null },
      [`POST ${path}/read`]: after({ status: "read" }),
      [`POST ${path}/acknowledge`]: after({ status: "acknowledged", acknowledgedAt: "2026-11-22T03:10:05Z" }),
      [`POST ${path}/archive`]: after({ status: "archived", archivedAt: "2026-11-22T03:10:05Z" }),
      [`POST ${path}/call-outcome`]: after((body) => {
        const { outcome, callAgainAt = null } = body as { outcome: LeadInFull["callOutcome"]; callAgainAt?: string };
        return { callOutcome: outcome, callAgainAt, status: outcome === "no_answer" ? "read" : "responded" };
      }),
      [`PUT ${path}/tags`]: after((body) => body as Partial<LeadInFull>),
      [`PUT ${path}/assignee`]: after((body) => ({ assignedTo: (body as { memberId: string | null }).memberId })),
      [`PATCH ${path}`]: after((body) => body as Partial<LeadInFull>),
      ...more,
    },
  });
  const page = showAt(`/inbox/${lead.id}`);
  const sent = (method: string, end = "") =>
    service.asked.filter((each) => each.method === method && each.path === path + end);
  return { ...page, ...service, sent, path };
}
