import { Send } from "lucide-react";
import { type FormEvent, useState } from "react";

import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field, Input } from "@/components/ui/field";
import { ROLES } from "@/features/members/queries";
import { texts } from "@/features/members/texts";
import { useInvite } from "@/features/members/use-invite";
import { fieldError, otherErrors } from "@/lib/api";
import type { Role } from "@/lib/session";
import { useIdempotencyKey } from "@/lib/use-idempotency-key";

/** Asks whom to invite, and what they may do then. */
export function InviteDialog({ onClose }: { onClose: () => void }) {
  const [email, setEmail] = useState("");
  const [role, setRole] = useState<Role>("agent");
  const body = { email: email.trim(), role };
  const key = useIdempotencyKey(body);
  const invite = useInvite();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    invite.mutate({ ...body, key }, { onSuccess: onClose });
  };
  const other = otherErrors(invite.error, ["email", "role"]);
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={texts.invite}
      description={texts.inviteAbout}
      footer={
        <>
          <Button onClick={onClose}>{texts.cancel}</Button>
          <Button variant="primary" type="submit" form="invitation" disabled={invite.isPending}>
            <Send /> {texts.send}
          </Button>
        </>
      }
    >
      <form id="invitation" onSubmit={submit} className="grid gap-4" noValidate>
        <Field label={texts.email} error={fieldError(invite.error, "email") ?? other}>
          <Input
            type="email"
            inputMode="email"
            autoComplete="off"
            autoCapitalize="none"
            placeholder="sam@example.com"
            maxLength={254}
            value={email}
            onChange={(event) => setEmail(event.target.value)}
          />
        </Field>
        <fieldset className="grid gap-1">
          <legend className="mb-1 text-s font-medium">{texts.role}</legend>
          {ROLES.map((each) => (
            <label
              key={each}
              className="flex items-start gap-3 rounded-m p-2 has-checked:bg-accent-soft hover:bg-sunken has-checked:hover:bg-accent-soft"
            >
              <input
                type="radio"
                name="role"
                className="mt-1 size-4 shrink-0 accent-accent"
                checked={role === each}
                onChange={() => setRole(each)}
              />
              <span>
                <span className="block text-s font-medium">{texts.roles[each]}</span>
                <span className="block text-s text-soft">{texts.mayDo[each]}</span>
              </span>
            </label>
          ))}
        </fieldset>
      </form>
    </Dialog>
  );
}
