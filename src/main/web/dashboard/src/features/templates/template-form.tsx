import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";

import { Button } from "@/components/ui/button";
import { Confirm } from "@/components/ui/confirm";
import { Dialog } from "@/components/ui/dialog";
import { Field, Input, Select, Textarea } from "@/components/ui/field";
import { PlaceholderMenu } from "@/features/templates/placeholder-menu";
import { previewQuery, templatesQuery } from "@/features/templates/queries";
import { bodyOf, type Channel, CHANNELS, type Draft, draftOf, type Template } from "@/features/templates/template";
import { TemplatePreview } from "@/features/templates/template-preview";
import { texts } from "@/features/templates/texts";
import { useInsertion } from "@/features/templates/use-insertion";
import { answered, api, fieldError, otherErrors } from "@/lib/api";
import { notify } from "@/lib/notify";
import { useIdempotencyKey } from "@/lib/use-idempotency-key";
import { useSettled } from "@/lib/use-settled";

/** Writes a template, with what a lead gets of it beside. */
export function TemplateForm({ template, onClose }: { template?: Template | undefined; onClose: () => void }) {
  const client = useQueryClient();
  const [before] = useState(() => draftOf(template));
  const [draft, setDraft] = useState(before);
  const [leadId, setLeadId] = useState<string>();
  const [isLeaving, setLeaving] = useState(false);
  const body = bodyOf(draft);
  const key = useIdempotencyKey(body);
  const preview = useQuery(previewQuery(useSettled(draft), leadId));

  const save = useMutation({
    mutationFn: () =>
      answered(
        template
          ? api.PUT("/api/templates/{id}", { params: { path: { id: template.id } }, body })
          : api.POST("/api/templates", { params: { header: { "Idempotency-Key": key } }, body }),
      ),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: templatesQuery().queryKey });
      notify({ title: texts.saved, tone: "good" });
      onClose();
    },
  });
  const change = (part: Partial<Draft>) => {
    setDraft((now) => ({ ...now, ...part }));
    save.reset();
  };
  const insertion = useInsertion(draft, change);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate();
  };
  const isChanged = JSON.stringify(draft) !== JSON.stringify(before);
  const leave = () => (isChanged ? setLeaving(true) : onClose());
  const wrong = (field: "subject" | "body") => fieldError(save.error, field) ?? fieldError(preview.error, field);
  const other = otherErrors(save.error, ["channel", "name", "subject", "body"]);

  return (
    <Dialog
      open
      onOpenChange={(open) => !open && leave()}
      title={template ? texts.change : texts.add}
      className="sm:w-[min(58rem,calc(100vw-2rem))]"
      footer={
        <>
          <Button onClick={leave}>{texts.cancel}</Button>
          <Button variant="primary" type="submit" form="template" disabled={save.isPending}>
            {texts.save}
          </Button>
        </>
      }
    >
      <div className="grid gap-5 sm:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
        <form id="template" onSubmit={submit} className="grid content-start gap-4" noValidate>
          <div className="grid items-start gap-4 sm:grid-cols-[1fr_9rem]">
            <Field label={texts.name} hint={texts.nameHint} error={fieldError(save.error, "name")}>
              <Input maxLength={100} value={draft.name} onChange={(event) => change({ name: event.target.value })} />
            </Field>
            <Field label={texts.kind} error={fieldError(save.error, "channel")}>
              <Select value={draft.channel} onChange={(event) => change({ channel: event.target.value as Channel })}>
                {CHANNELS.map((each) => (
                  <option key={each} value={each}>
                    {texts.channels[each]}
                  </option>
                ))}
              </Select>
            </Field>
          </div>
          {draft.channel === "email" && (
            <Field label={texts.subject} hint={texts.subjectHint} optional error={wrong("subject")}>
              <Input
                {...insertion.subject}
                maxLength={200}
                value={draft.subject}
                onChange={(event) => change({ subject: event.target.value })}
              />
            </Field>
          )}
          <Field label={texts.body} hint={texts.bodyHint} error={wrong("body")}>
            <Textarea
              {...insertion.body}
              maxLength={5_000}
              className="max-h-80 min-h-40"
              value={draft.body}
              onChange={(event) => change({ body: event.target.value })}
            />
          </Field>
          <div>
            <PlaceholderMenu onChosen={insertion.insertHere} />
          </div>
          {other && (
            <p role="alert" className="text-s text-danger">
              {other}
            </p>
          )}
        </form>
        <TemplatePreview
          channel={draft.channel}
          preview={preview}
          isEmpty={draft.body.trim() === ""}
          leadId={leadId}
          onLead={setLeadId}
        />
      </div>
      <Confirm
        open={isLeaving}
        onOpenChange={setLeaving}
        title={texts.discardTitle}
        action={texts.discard}
        onConfirm={onClose}
      >
        {texts.discardAbout}
      </Confirm>
    </Dialog>
  );
}
