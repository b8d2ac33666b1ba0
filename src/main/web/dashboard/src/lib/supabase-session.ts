import { AuthClient } from "@supabase/auth-js";

import { pageSettings } from "@/lib/page-settings";

/** The Supabase project's own sign-in; loaded only where one is configured. */
export const supabaseAuth = new AuthClient({
  url: `${pageSettings.supabaseUrl}/auth/v1`,
  headers: { apikey: pageSettings.supabaseKey ?? "" },
  storageKey: "callback-messaging-session",
  detectSessionInUrl: true,
  flowType: "pkce",
});

/** The token to show, renewed where it runs out soon; undefined while nobody is signed in. */
export async function accessToken(): Promise<string | undefined> {
  const { data } = await supabaseAuth.getSession();
  return data.session?.access_token;
}
