import { queryOptions } from "@tanstack/react-query";

import { answered, api, chooseBusiness, chosenBusiness, type components } from "@/lib/api";
import { pageSettings } from "@/lib/page-settings";
import { unsubscribeFromPush } from "@/lib/push";

export type Session = components["schemas"]["Session"];
export type Business = Session["businesses"][number];
export type Role = Business["role"];

const REMEMBERED = "callback-messaging-business";
const SIGNED_OUT = "callback-messaging-signed-out";

let current: Session | undefined;

/** Who works here, once it is known. */
export function currentSession(): Session | undefined {
  return current;
}

/** The business that is shown: the one chosen last, else the first. */
export function currentBusiness(): Business | undefined {
  return current?.businesses.find((each) => each.id === chosenBusiness());
}

/** Viewers look; agents and owners act. */
export function mayWrite(): boolean {
  return currentBusiness()?.role !== "viewer";
}

export function isOwner(): boolean {
  return currentBusiness()?.role === "owner";
}

/** Shows another business from now on; the page is loaded anew, so that nothing of the former one is left. */
export function switchBusiness(id: string): void {
  localStorage.setItem(REMEMBERED, id);
  location.assign("/inbox");
}

export const sessionQuery = () =>
  queryOptions({
    queryKey: ["session"] as const,
    queryFn: async ({ signal }) => {
      // Who belongs to several is asked which one; the session itself is told without.
      const before = chosenBusiness();
      chooseBusiness(undefined);
      try {
        current = await answered(api.GET("/api/session", { signal }));
      } catch (error) {
        chooseBusiness(before);
        throw error;
      }
      const wanted = localStorage.getItem(REMEMBERED) ?? current.businessId;
      const found = current.businesses.find((each) => each.id === wanted) ?? current.businesses[0];
      chooseBusiness(found?.id);
      return current;
    },
    staleTime: 10 * 60_000,
  });

/** Ends the session, here and in the other tabs, and leaves nothing of it on the device. */
export async function signOut(): Promise<void> {
  await Promise.allSettled([api.DELETE("/api/session"), unsubscribeFromPush()]);
  if (pageSettings.signIn === "supabase") {
    const { supabaseAuth } = await import("@/lib/supabase-session");
    await supabaseAuth.signOut({ scope: "local" }).catch(() => undefined);
  }
  if (chosenBusiness() !== undefined) {
    localStorage.removeItem(REMEMBERED);
  }
  localStorage.setItem(SIGNED_OUT, new Date().toISOString());
  leave();
}

/** Ends the person's sessions on all other devices. */
export async function signOutElsewhere(): Promise<void> {
  await answered(api.DELETE("/api/session/others"));
  if (pageSettings.signIn === "supabase") {
    const { supabaseAuth } = await import("@/lib/supabase-session");
    await supabaseAuth.signOut({ scope: "others" });
  }
}

/** Leaves as soon as the person signs out in another tab: whoever sits down next sees no lead. */
export function followSignOut(): () => void {
  const hear = ({ key, newValue }: StorageEvent) => {
    if (key === SIGNED_OUT && newValue) {
      leave();
    }
  };
  window.addEventListener("storage", hear);
  return () => window.removeEventListener("storage", hear);
}

function leave(): void {
  // Replies that were begun are kept there.
  sessionStorage.clear();
  location.assign("/sign-in");
}
