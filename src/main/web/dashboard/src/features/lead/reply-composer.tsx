import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Send } from "lucide-react";
import { type FormEvent, type KeyboardEvent, useLayoutEffect, useRef, useState } from "react";

import { Button } from "@/components/ui/button";
import { Field, Input, Select, Textarea } from "@/components/ui/field";
import { Kbd } from "@/components/ui/kbd";
import { takeKeys } from "@/components/ui/keys-held";
import { clearDraft, type Draft, useDraft } from "@/features/lead/draft";
import { CollisionWarning } from "@/features/lead/others";
import { ReplySize } from "@/features/lead/reply-size";
import { texts } from "@/features/lead/texts";
import type { LeadInFull } from "@/leads/lead";
import { nameOf } from "@/leads/names";
import { leadKeys } from "@/leads/queries";
import { answered, api, fieldError, idempotencyKey, otherErrors } from "@/lib/api";
import { KEYS_OF_REPLY } from "@/lib/keys";
import { notify } from "@/lib/notify";
import { useShortcuts } from "@/lib/shortcuts";

/** Writes to the lead, on a way that they left; what is typed is kept until it is sent. */
export function ReplyComposer({
  lead,
  channel,
  onClose,
}: {
  lead: LeadInFull;
  channel: Draft["channel"];
  onClose: () => void;
}) {
  const client = useQueryClient();
  const [kept, change] = useDraft(lead.id, channel);
  // The text goes with whoever changes the way; the way is what they chose last.
  const draft = { ...kept, channel };
  const [since] = useState(Date.now);
  const [key, setKey] = useState(idempotencyKey);
  const field = useRef<HTMLTextAreaElement>(null);
  // Before it is painted, so that no key is lost.
  useLayoutEffect(() => {
    field.current?.focus();
    const typed = takeKeys();
    if (typed) {
      change({ text: draft.text + typed });
    }
    // Once, with what was typed while this was loaded.
  }, []);

  const send = useMutation({
    mutationFn: () =>
      answered(
        api.POST("/api/messages/{id}/replies", {
          params: { path: { id: lead.id }, header: { "Idempotency-Key": key } },
          body: {
            channel: draft.channel,
            text: draft.text,
            ...(draft.channel === "email" && draft.subject.trim() && { subject: draft.subject }),
          },
        }),
      ),
    onSuccess: () => {
      clearDraft(lead.id);
      notify({ title: `On its way to ${nameOf(lead)}.`, tone: "good" });
      void client.invalidateQueries({ queryKey: leadKeys.all });
      onClose();
    },
  });
  const edit = (part: Partial<typeof draft>) => {
    change(part);
    // Another text is another request.
    setKey(idempotencyKey());
  };
  const submit = (event?: FormEvent) => {
    event?.preventDefault();
    if (draft.text.trim() && !send.isPending) {
      send.mutate();
    }
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      submit();
    } else if (event.key === "Escape") {
      event.stopPropagation();
      onClose();
    }
  };
  useShortcuts([{ ...KEYS_OF_REPLY.send, run: submit }]);
  const other = otherErrors(send.error, ["text", "subject", "channel"]);

  return (
    <form onSubmit={submit} onKeyDown={onKeyDown} className="grid gap-2">
      <CollisionWarning lead={lead} since={since} />
      {draft.channel === "email" && (
        <Field label={<span className="sr-only">{texts.subject}</span>} error={fieldError(send.error, "subject")}>
          <Input
            maxLength={200}
            placeholder={texts.subjectHint}
            value={draft.subject}
            onChange={(event) => edit({ subject: event.target.value })}
          />
        </Field>
      )}
      <Field
        label={<span className="sr-only">{texts.text}</span>}
        error={fieldError(send.error, "text") ?? fieldError(send.error, "channel")}
      >
        <Textarea
          ref={field}
          maxLength={10_000}
          value={draft.text}
          onChange={(event) => edit({ text: event.target.value })}
          placeholder={`${texts.text} to ${channel === "sms" ? lead.contactPhone : lead.contactEmail}`}
          className="max-h-[40dvh] min-h-24"
        />
      </Field>
      {draft.channel === "sms" && <ReplySize text={draft.text} />}
      {other && (
        <p role="alert" className="text-s text-danger">
          {other}
        </p>
      )}
      <div className="flex flex-wrap items-center justify-end gap-2">
        <TemplateChoice lead={lead} draft={draft} onChosen={edit} />
        {channel === "sms" && (
          <Button asChild variant="link" size="s" className="me-auto">
            <a href={`sms:${lead.contactPhoneE164}`}>{texts.fromMyPhone}</a>
          </Button>
        )}
        <Button onClick={onClose}>{texts.keepForLater}</Button>
        <Button type="submit" variant="primary" disabled={!draft.text.trim() || send.isPending}>
          <Send /> {send.isPending ? texts.sending : texts.send}
          <span aria-hidden className="max-md:hidden">
            <Kbd keys={KEYS_OF_REPLY.send.keys} />
          </span>
        </Button>
      </div>
    </form>
  );
}

/** Fills the text with one of the business's templates, as this very lead would get it. */
function TemplateChoice({
  lead,
  draft: { channel, templateId },
  onChosen,
}: {
  lead: LeadInFull;
  draft: Draft;
  onChosen: (filled: Partial<Draft>) => void;
}) {
  const templates = useQuery({
    queryKey: ["templates"] as const,
    queryFn: async ({ signal }) => (await answered(api.GET("/api/templates", { signal }))).templates,
    staleTime: 60_000,
  });
  const fill = useMutation({
    mutationFn: (id: string) => {
      const found = templates.data!.find((each) => each.id === id)!;
      return answered(
        api.POST("/api/templates/preview", {
          body: { channel, body: found.body, messageId: lead.id, ...(found.subject && { subject: found.subject }) },
        }),
      );
    },
    onSuccess: ({ body, subject }, id) => onChosen({ templateId: id, text: body, ...(subject && { subject }) }),
  });
  const fitting = templates.data?.filter((each) => each.channel === channel) ?? [];
  const chosen = fill.isPending ? fill.variables : templateId;
  return (
    <Field
      label={<span className="sr-only">{texts.template}</span>}
      className="me-auto w-44"
      error={
        fill.isError ? otherErrors(fill.error, []) : templates.isError ? otherErrors(templates.error, []) : undefined
      }
    >
      <Select
        value={fitting.some(({ id }) => id === chosen) ? chosen : ""}
        disabled={fitting.length === 0}
        onChange={({ target: { value } }) => (value ? fill.mutate(value) : onChosen({ templateId: undefined }))}
      >
        <option value="">{fitting.length === 0 ? texts.noTemplate : texts.useTemplate}</option>
        {fitting.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </Select>
    </Field>
  );
}
