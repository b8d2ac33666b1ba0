import { useQuery } from "@tanstack/react-query";

import type { Lead } from "@/leads/lead";
import { funnelsQuery, membersQuery } from "@/leads/queries";

/** Whom a lead is from; a form may have asked for less than a name. */
export function nameOf(lead: Pick<Lead, "contactName" | "contactPhone" | "contactEmail">): string {
  const name = lead.contactName ?? lead.contactPhone ?? lead.contactEmail ?? "Without a name";
  // Marks that turn around what stands behind a name; a platform may have let them in.
  return name.replace(/[\u202a-\u202e\u2066-\u2069]/gu, "");
}

/** The name of a member by their id: the part of their address before the @. */
export function useMemberName(): (id: string | null) => string | undefined {
  const members = useQuery(membersQuery());
  return (id) => {
    const found = members.data?.find((each) => each.id === id);
    return found ? shortName(found.email) : undefined;
  };
}

/** Those whom a lead can be given to, and who has it in any case: a viewer only looks. */
export function whoAnswers<M extends { id: string; role: string }>(
  members: readonly M[] | undefined,
  has: string | null = null,
): readonly M[] | undefined {
  return members?.filter(({ id, role }) => role !== "viewer" || id === has);
}

export function shortName(email: string | null): string {
  return email?.split("@")[0] ?? "Somebody";
}

/** The name of a funnel by its id. */
export function useFunnelName(): (id: string | null) => string | undefined {
  const funnels = useQuery(funnelsQuery());
  return (id) => {
    const found = funnels.data?.find((each) => each.id === id);
    return found ? (found.name ?? found.title ?? found.slug ?? undefined) : undefined;
  };
}
