import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useEffect, useState } from "react";

import { Button } from "@/components/ui/button";
import { Field, Input } from "@/components/ui/field";
import { nextPage } from "@/features/sign-in/next-page";
import { texts } from "@/features/sign-in/texts";

/** Signs in at the Supabase project: by password where one is given, else by a link in a mail. */
export function SupabaseForm() {
  const [email, setEmail] = useState("");
  const [password, setPassword] = useState("");
  const asked = useMutation({ mutationFn: () => signIn(email, password) });

  // Who comes back from the link of the mail, or is signed in already, goes on.
  useEffect(() => {
    void import("@/lib/supabase-session").then(async ({ accessToken }) => {
      if (await accessToken()) {
        onwards();
      }
    });
  }, []);

  const submit = (event: FormEvent) => {
    event.preventDefault();
    asked.mutate();
  };
  return (
    <form onSubmit={submit} className="grid gap-5">
      <h1 className="text-xl font-semibold">{texts.signIn}</h1>
      <Field label={texts.mail}>
        <Input
          type="email"
          autoComplete="email"
          required
          value={email}
          onChange={(event) => setEmail(event.target.value)}
        />
      </Field>
      <Field
        label={texts.password}
        hint={texts.passwordHint}
        error={asked.isError ? asked.error.message : undefined}
        optional
      >
        <Input
          type="password"
          autoComplete="current-password"
          value={password}
          onChange={(event) => setPassword(event.target.value)}
        />
      </Field>
      <Button type="submit" variant="primary" size="l" disabled={asked.isPending}>
        {password ? texts.signIn : texts.send}
      </Button>
      {asked.data === "mailed" && (
        <p role="status" className="text-s">
          {texts.mailed}
        </p>
      )}
    </form>
  );
}

function onwards(): void {
  location.assign(nextPage(new URLSearchParams(location.search).get("next"), location.origin));
}

async function signIn(email: string, password: string): Promise<"mailed" | "in"> {
  const { supabaseAuth } = await import("@/lib/supabase-session");
  const { error } = password
    ? await supabaseAuth.signInWithPassword({ email, password })
    : await supabaseAuth.signInWithOtp({ email, options: { emailRedirectTo: location.href, shouldCreateUser: false } });
  if (error) {
    throw error;
  }
  if (password) {
    onwards();
    return "in";
  }
  return "mailed";
}
