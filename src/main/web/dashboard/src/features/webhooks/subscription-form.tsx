import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";

import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { Dialog } from "@/components/ui/dialog";
import { Field, Input } from "@/components/ui/field";
import { ADVANCED, AdvancedFields } from "@/features/webhooks/advanced-fields";
import { HeadersEditor } from "@/features/webhooks/headers-editor";
import { type AdvancedChange, EVENT_TYPES, type EventType, type Subscription, texts } from "@/features/webhooks/texts";
import { webhookKeys } from "@/features/webhooks/queries";
import { answered, api, fieldError, otherErrors } from "@/lib/api";
import { notify } from "@/lib/notify";
import { useIdempotencyKey } from "@/lib/use-idempotency-key";

/** Adds an endpoint, or changes the one that is given. */
export function SubscriptionForm({
  subscription,
  onClose,
  onSaved,
}: {
  subscription?: Subscription;
  onClose: () => void;
  onSaved?: (saved: Subscription) => void;
}) {
  const client = useQueryClient();
  const [url, setUrl] = useState(subscription?.url ?? "");
  const [description, setDescription] = useState(subscription?.description ?? "");
  const [eventTypes, setEventTypes] = useState<readonly string[]>(subscription?.eventTypes ?? ["message.created"]);
  const [pace, setPace] = useState(subscription?.drainPerMinute ?? 600);
  const [headers, setHeaders] = useState<Record<string, string> | undefined>(undefined);
  const [advanced, setAdvanced] = useState<AdvancedChange>({});
  const body = {
    url,
    description: description.trim() || null,
    eventTypes: EVENT_TYPES.filter((each) => eventTypes.includes(each)),
    drainPerMinute: pace,
    ...(headers && { headers }),
    ...advanced,
    ordering: advanced.ordering ?? subscription?.ordering ?? ("none" as const),
  };
  const key = useIdempotencyKey(body);

  const save = useMutation({
    mutationFn: () =>
      answered(
        subscription
          ? api.PATCH("/api/webhook-subscriptions/{id}", { params: { path: { id: subscription.id } }, body })
          : api.POST("/api/webhook-subscriptions", { params: { header: { "Idempotency-Key": key } }, body }),
      ),
    onSuccess: async (saved) => {
      await client.invalidateQueries({ queryKey: webhookKeys.all });
      notify({ title: texts.saved, tone: "good" });
      onSaved?.(saved);
      onClose();
    },
  });

  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate();
  };
  const toggle = (type: EventType, on: boolean) =>
    setEventTypes((before) => (on ? [...before, type] : before.filter((each) => each !== type)));
  const other = otherErrors(save.error, ["url", "description", "eventTypes", "headers", "drainPerMinute", ...ADVANCED]);

  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={subscription ? texts.changeTheEndpoint : texts.add}
      footer={
        <>
          <Button onClick={onClose}>{texts.cancel}</Button>
          <Button variant="primary" type="submit" form="subscription" disabled={save.isPending}>
            {subscription ? texts.save : texts.addIt}
          </Button>
        </>
      }
    >
      <form id="subscription" onSubmit={submit} className="grid gap-4" noValidate>
        <Field label={texts.address} hint={texts.addressHint} error={fieldError(save.error, "url")}>
          <Input
            type="url"
            inputMode="url"
            placeholder="https://crm.example.com/hooks/leads"
            value={url}
            onChange={(event) => setUrl(event.target.value)}
          />
        </Field>
        <Field label={texts.name} hint={texts.nameHint} optional error={fieldError(save.error, "description")}>
          <Input maxLength={200} value={description} onChange={(event) => setDescription(event.target.value)} />
        </Field>
        <fieldset className="grid gap-2">
          <legend className="mb-1 text-s font-medium">{texts.eventsLabel}</legend>
          {EVENT_TYPES.map((type) => (
            <label key={type} className="flex min-h-8 items-center gap-3 text-s">
              <Checkbox checked={eventTypes.includes(type)} onCheckedChange={(on) => toggle(type, on === true)} />
              <span className="flex-1">{texts.events[type]}</span>
              <code className="text-xs text-soft">{type}</code>
            </label>
          ))}
          {fieldError(save.error, "eventTypes") && (
            <p role="alert" className="text-s text-danger">
              {fieldError(save.error, "eventTypes")}
            </p>
          )}
        </fieldset>
        <HeadersEditor
          known={Object.keys(subscription?.headers ?? {})}
          onChange={setHeaders}
          error={fieldError(save.error, "headers")}
        />
        <Field label={texts.pace} hint={texts.paceHint} error={fieldError(save.error, "drainPerMinute")}>
          <Input
            type="number"
            min={1}
            max={60_000}
            value={pace}
            onChange={(event) => setPace(event.target.valueAsNumber)}
          />
        </Field>
        <AdvancedFields subscription={subscription} change={advanced} onChange={setAdvanced} error={save.error} />
        {other && (
          <p role="alert" className="text-s text-danger">
            {other}
          </p>
        )}
      </form>
    </Dialog>
  );
}
