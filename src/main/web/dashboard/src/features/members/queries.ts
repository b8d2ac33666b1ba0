import { queryOptions } from "@tanstack/react-query";

import { answered, api, type components } from "@/lib/api";
import type { Role } from "@/lib/session";

export type Member = components["schemas"]["Member"];
export type Invitation = components["schemas"]["Invitation"];

export const ROLES: readonly Role[] = ["viewer", "agent", "owner"];

export const invitationsQuery = () =>
  queryOptions({
    queryKey: ["invitations"] as const,
    queryFn: ({ signal }) => answered(api.GET("/api/invitations", { signal })),
  });
