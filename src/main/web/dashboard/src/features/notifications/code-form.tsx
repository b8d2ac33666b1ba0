import { type FormEvent, useState } from "react";

import { Button } from "@/components/ui/button";
import { Field, Input } from "@/components/ui/field";
import { texts } from "@/features/notifications/texts";

/** Asks for the code that was sent to an address. */
export function CodeForm({
  recipient,
  busy,
  error,
  onConfirm,
  onResend,
  onGiveUp,
}: {
  recipient: string;
  busy: boolean;
  error: string | undefined;
  onConfirm: (code: string) => void;
  onResend: () => void;
  onGiveUp: () => void;
}) {
  const [code, setCode] = useState("");
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onConfirm(code.trim());
  };
  return (
    <form onSubmit={submit} noValidate className="flex flex-wrap items-start gap-2">
      <Field label={texts.code(recipient)} hint={texts.codeHint} error={error} className="min-w-0 flex-1 basis-60">
        <Input
          inputMode="numeric"
          autoComplete="one-time-code"
          maxLength={7}
          className="max-w-40 tracking-widest"
          value={code}
          onChange={(event) => setCode(event.target.value)}
        />
      </Field>
      <div className="flex flex-wrap gap-2 sm:mt-7">
        <Button type="submit" variant="primary" disabled={busy || code.trim() === ""}>
          {texts.confirm}
        </Button>
        <Button onClick={onResend}>{texts.resend}</Button>
        <Button variant="quiet" onClick={onGiveUp}>
          {texts.cancel}
        </Button>
      </div>
    </form>
  );
}
