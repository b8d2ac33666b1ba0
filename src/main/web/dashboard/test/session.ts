import type { Role } from "@/lib/session";

export const BUSINESS = "5b0f7c1e-2f6d-4c55-8f0e-3a4b1d9e6c01";
export const ME = "7b1d0a52-1f0e-4a52-9a37-1d4b9c3a2f11";

/** Kim, signed in, with a role in one business. */
export function aSession(role: Role = "owner") {
  return {
    person: { id: ME, email: "kim@example.com" },
    businesses: [{ id: BUSINESS, name: "Harbour Street Solar", role }],
    businessId: BUSINESS,
    csrf: null,
  };
}
