import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";

import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field, Input } from "@/components/ui/field";
import { texts } from "@/features/funnels/texts";
import { answered, api, fieldError, otherErrors } from "@/lib/api";
import { notify } from "@/lib/notify";
import { useIdempotencyKey } from "@/lib/use-idempotency-key";

/** A short address of a name: what is left of it in a-z, 0-9 and dashes. */
export function slugOf(name: string): string {
  return name
    .normalize("NFKD")
    .replace(/\p{Mark}/gu, "")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "")
    .slice(0, 63);
}

/** Makes a funnel: its form is open at once. */
export function NewFunnel({ onClose }: { onClose: () => void }) {
  const client = useQueryClient();
  const [name, setName] = useState("");
  const [slug, setSlug] = useState<string>();
  const address = slug ?? slugOf(name);
  const body = { name, isActive: true, ...(address && { slug: address }) };
  const key = useIdempotencyKey(body);
  const add = useMutation({
    mutationFn: () =>
      answered(
        api.POST("/api/funnels", {
          params: { header: { "Idempotency-Key": key } },
          body,
        }),
      ),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ["funnels"] });
      notify({ title: texts.added, tone: "good" });
      onClose();
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    add.mutate();
  };
  const other = otherErrors(add.error, ["name", "slug"]);
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()} title={texts.add}>
      <form onSubmit={submit} className="grid gap-4" noValidate>
        <Field label={texts.name} hint={texts.nameHint} error={fieldError(add.error, "name")}>
          <Input autoFocus maxLength={200} value={name} onChange={(event) => setName(event.target.value)} />
        </Field>
        <Field
          label={texts.address}
          hint={`${location.origin}/f/${address || "…"}`}
          error={fieldError(add.error, "slug")}
        >
          <Input
            maxLength={63}
            spellCheck={false}
            autoCapitalize="none"
            value={address}
            onChange={(event) => setSlug(event.target.value)}
          />
        </Field>
        {other && (
          <p role="alert" className="text-s text-danger">
            {other}
          </p>
        )}
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>{texts.cancel}</Button>
          <Button type="submit" variant="primary" disabled={add.isPending}>
            {texts.make}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
