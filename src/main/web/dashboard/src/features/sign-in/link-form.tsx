import { useMutation } from "@tanstack/react-query";
import { MailCheck } from "lucide-react";
import { type FormEvent, useState } from "react";

import { Button } from "@/components/ui/button";
import { Field, Input } from "@/components/ui/field";
import { texts } from "@/features/sign-in/texts";
import { answered, api, reason } from "@/lib/api";
import { pageSettings } from "@/lib/page-settings";

/** Asks for the address, and sends a link there. */
export function LinkForm() {
  const [email, setEmail] = useState("");
  const asked = useMutation({ mutationFn: () => answered(api.POST("/api/sign-in", { body: { email } })) });
  if (asked.isSuccess) {
    return <LinkSent email={email} again={asked.reset} />;
  }
  const submit = (event: FormEvent) => {
    event.preventDefault();
    asked.mutate();
  };
  return (
    <form onSubmit={submit} className="grid gap-5">
      <div className="grid gap-1">
        <h1 className="text-xl font-semibold">{texts.signIn}</h1>
        <p className="text-s text-soft">{texts.about}</p>
      </div>
      <Field label={texts.mail} error={asked.isError ? reason(asked.error) : undefined}>
        <Input
          type="email"
          name="email"
          autoComplete="email"
          inputMode="email"
          required
          autoFocus
          value={email}
          onChange={(event) => setEmail(event.target.value)}
          className="h-12"
        />
      </Field>
      <Button type="submit" variant="primary" size="l" disabled={asked.isPending}>
        {asked.isPending ? texts.sending : texts.send}
      </Button>
    </form>
  );
}

function LinkSent({ email, again }: { email: string; again: () => void }) {
  return (
    <div role="status" className="grid gap-4">
      <MailCheck className="size-8 text-accent" />
      <h1 className="text-xl font-semibold">{texts.sent}</h1>
      <p className="text-s text-soft">
        If <strong className="text-ink">{email}</strong> is known here, a link is on its way. It is good for 15 minutes.
      </p>
      {pageSettings.sandbox && (
        <Button asChild variant="outline">
          <a href="/sandbox">{texts.sandboxMails}</a>
        </Button>
      )}
      <Button variant="link" onClick={again} className="justify-self-start">
        {texts.another}
      </Button>
    </div>
  );
}
