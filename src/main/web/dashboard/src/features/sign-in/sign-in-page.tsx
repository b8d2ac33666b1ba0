import { pageSettings } from "@/lib/page-settings";
import { LinkForm } from "@/features/sign-in/link-form";
import { SupabaseForm } from "@/features/sign-in/supabase-form";

/** Where people sign in: by a link in their mail, or as their Supabase project does it. */
export function SignInPage() {
  return (
    <main className="grid min-h-dvh place-items-center bg-paper p-4">
      <div className="grid w-full max-w-sm gap-6 rounded-l border border-line bg-surface p-6 shadow-raised sm:p-8">
        <img src="/app/icon.svg" alt="" className="size-11" />
        {pageSettings.signIn === "link" ? <LinkForm /> : <SupabaseForm />}
      </div>
    </main>
  );
}
