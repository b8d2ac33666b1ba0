import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";

import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { Dialog } from "@/components/ui/dialog";
import { Field, Input, Textarea } from "@/components/ui/field";
import type { Funnel } from "@/features/funnels/funnel";
import { texts } from "@/features/funnels/texts";
import { answered, api, fieldError, otherErrors } from "@/lib/api";
import { notify } from "@/lib/notify";

const RECEIPTS: Funnel["visitorReceipts"] = ["email", "sms"];

/** Changes what a form says, where it is found, and which pages may send to it. */
export function FunnelForm({ funnel, onClose }: { funnel: Funnel; onClose: () => void }) {
  const client = useQueryClient();
  const [slug, setSlug] = useState(funnel.slug ?? "");
  const [name, setName] = useState(funnel.name ?? "");
  const [title, setTitle] = useState(funnel.title ?? "");
  const [intro, setIntro] = useState(funnel.intro ?? "");
  const [origins, setOrigins] = useState(funnel.allowedOrigins.join("\n"));
  const [receipts, setReceipts] = useState(funnel.visitorReceipts);
  const save = useMutation({
    mutationFn: () =>
      answered(
        api.PATCH("/api/funnels/{id}", {
          params: { path: { id: funnel.id } },
          body: {
            ...(name.trim() && name.trim() !== funnel.name && { name: name.trim() }),
            ...(slug.trim() && { slug: slug.trim() }),
            title: title.trim() || null,
            intro: intro.trim() || null,
            ...(receipts !== funnel.visitorReceipts && { visitorReceipts: receipts }),
            allowedOrigins: origins.split(/\s+/u).filter(Boolean).map(originOf),
          },
        }),
      ),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ["funnels"] });
      notify({ title: texts.saved, tone: "good" });
      onClose();
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate();
  };
  const other = otherErrors(save.error, ["name", "slug", "title", "intro", "allowedOrigins", "visitorReceipts"]);
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()} title={texts.changeTheForm}>
      <form onSubmit={submit} className="grid gap-4" noValidate>
        <Field label={texts.name} hint={texts.renameHint} error={fieldError(save.error, "name")}>
          <Input maxLength={200} value={name} onChange={(event) => setName(event.target.value)} />
        </Field>
        <Field label={texts.formTitle} optional error={fieldError(save.error, "title")}>
          <Input maxLength={200} placeholder={name} value={title} onChange={(event) => setTitle(event.target.value)} />
        </Field>
        <Field label={texts.intro} optional error={fieldError(save.error, "intro")}>
          <Textarea
            maxLength={500}
            className="min-h-16"
            value={intro}
            onChange={(event) => setIntro(event.target.value)}
          />
        </Field>
        <Field
          label={texts.address}
          hint={`${location.origin}/f/${slug || "…"}. Codes in print lead to the address they were made with.`}
          error={fieldError(save.error, "slug")}
        >
          <Input
            maxLength={63}
            spellCheck={false}
            autoCapitalize="none"
            value={slug}
            onChange={(event) => setSlug(event.target.value)}
          />
        </Field>
        <Field label={texts.origins} hint={texts.originsHint} optional error={fieldError(save.error, "allowedOrigins")}>
          <Textarea
            className="min-h-16 font-mono text-s"
            spellCheck={false}
            value={origins}
            onChange={(event) => setOrigins(event.target.value)}
          />
        </Field>
        <fieldset className="grid gap-2">
          <legend className="mb-1 text-s font-medium">{texts.receipts}</legend>
          <p className="text-s text-soft">{texts.receiptsHint}</p>
          <div className="flex gap-5">
            {RECEIPTS.map((channel) => (
              <label key={channel} className="flex min-h-10 items-center gap-2 text-s">
                <Checkbox
                  checked={receipts.includes(channel)}
                  onCheckedChange={(on) =>
                    setReceipts(RECEIPTS.filter((each) => (each === channel ? on === true : receipts.includes(each))))
                  }
                />
                {texts.receiptBy[channel]}
              </label>
            ))}
          </div>
        </fieldset>
        {other && (
          <p role="alert" className="text-s text-danger">
            {other}
          </p>
        )}
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>{texts.cancel}</Button>
          <Button type="submit" variant="primary" disabled={save.isPending}>
            {texts.save}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

/** Of the address of a page, as people paste it, the origin; what is no address is left to the service to refuse. */
function originOf(address: string): string {
  return /^https?:\/\/./iu.test(address) && URL.canParse(address) ? new URL(address).origin : address;
}
