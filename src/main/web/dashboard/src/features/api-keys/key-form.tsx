import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";

import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field, Input, Select } from "@/components/ui/field";
import { type ApiKey, endOf, EXPIRIES, type Expiry, type Scope, SCOPES } from "@/features/api-keys/api-key";
import { apiKeysQuery } from "@/features/api-keys/queries";
import { ScopeChecklist } from "@/features/api-keys/scope-checklist";
import { texts } from "@/features/api-keys/texts";
import { answered, api, fieldError, otherErrors } from "@/lib/api";
import { useIdempotencyKey } from "@/lib/use-idempotency-key";

const ALL: readonly Scope[] = Object.values(SCOPES).flat();

/** Asks what a new key is for, what it may do, and until when. */
export function KeyForm({ onClose, onMade }: { onClose: () => void; onMade: (key: ApiKey) => void }) {
  const client = useQueryClient();
  const [name, setName] = useState("");
  const [scopes, setScopes] = useState<readonly Scope[]>([]);
  const [expiry, setExpiry] = useState<Expiry>("never");
  const [day, setDay] = useState("");
  // Once for all tries: a second one shall ask for the very same.
  const [opened] = useState(() => new Date());
  const expiresAt = endOf(expiry, day, opened);
  const body = {
    name,
    scopes: ALL.filter((each) => scopes.includes(each)),
    ...(expiresAt !== undefined && { expiresAt }),
  };
  const key = useIdempotencyKey(body);
  const make = useMutation({
    mutationFn: () => answered(api.POST("/api/api-keys", { params: { header: { "Idempotency-Key": key } }, body })),
    // What is answered stays in no cache: the key is shown, and gone.
    gcTime: 0,
    onSuccess: (made) => {
      void client.invalidateQueries({ queryKey: apiKeysQuery().queryKey });
      onMade(made);
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    make.mutate();
  };
  const wrongScopes = fieldError(make.error, "scopes");
  const other = otherErrors(make.error, ["name", "scopes", "expiresAt"]);
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={texts.add}
      footer={
        <>
          <Button onClick={onClose}>{texts.cancel}</Button>
          <Button variant="primary" type="submit" form="api-key" disabled={make.isPending}>
            {texts.make}
          </Button>
        </>
      }
    >
      <form id="api-key" onSubmit={submit} className="grid gap-4" noValidate>
        <Field label={texts.name} hint={texts.nameHint} error={fieldError(make.error, "name")}>
          <Input maxLength={100} value={name} onChange={(event) => setName(event.target.value)} />
        </Field>
        <ScopeChecklist
          scopes={scopes}
          onChange={setScopes}
          error={wrongScopes && scopes.length === 0 ? texts.noScopes : wrongScopes}
        />
        <div className="grid gap-4 sm:grid-cols-2">
          <Field label={texts.expiry} error={expiry === "day" ? undefined : fieldError(make.error, "expiresAt")}>
            <Select value={expiry} onChange={(event) => setExpiry(event.target.value as Expiry)}>
              {EXPIRIES.map((each) => (
                <option key={each} value={each}>
                  {texts.expiries[each]}
                </option>
              ))}
            </Select>
          </Field>
          {expiry === "day" && (
            <Field label={texts.day} error={fieldError(make.error, "expiresAt") && texts.noDay}>
              <Input type="date" value={day} onChange={(event) => setDay(event.target.value)} />
            </Field>
          )}
        </div>
        {other && (
          <p role="alert" className="text-s text-danger">
            {other}
          </p>
        )}
      </form>
    </Dialog>
  );
}
