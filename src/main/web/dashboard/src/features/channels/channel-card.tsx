import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Braces, Mail, MessageSquare, Send, Webhook } from "lucide-react";
import { type FormEvent, useId, useState } from "react";

import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Field, Input } from "@/components/ui/field";
import { LeaveGuard } from "@/components/ui/leave-guard";
import { Switch } from "@/components/ui/switch";
import { ConfirmRecipient } from "@/features/channels/confirm-recipient";
import { ChannelTest } from "@/features/channels/channel-test";
import { DomainCheck } from "@/features/channels/domain-check";
import { texts } from "@/features/channels/texts";
import { answered, api, type components, fieldError, otherErrors } from "@/lib/api";
import { type Channel, channelsQuery, useChannelName } from "@/lib/channels";
import { notify } from "@/lib/notify";
import { isOwner } from "@/lib/session";

const ICONS = { email: Mail, mobile: MessageSquare, url: Braces, text: Send };
const INPUTS = { email: "email", mobile: "tel", url: "url", text: "text" };

/** One way to be told: its switch, where it goes, who carries it, and a test. */
export function ChannelCard({ channel }: { channel: Channel }) {
  const { type, label, isEnabled, isServed, providers, fallbacks, subscriptions, recipientFormat } = channel;
  const Icon = subscriptions ? Webhook : ICONS[recipientFormat?.kind ?? "text"];
  const nameOf = useChannelName();
  const client = useQueryClient();
  const title = useId();
  const change = useMutation({
    mutationFn: (body: components["schemas"]["ChannelChange"]) =>
      answered(api.PATCH("/api/channels/{type}", { params: { path: { type } }, body })),
    onSuccess: async (changed, body) => {
      await client.invalidateQueries({ queryKey: channelsQuery().queryKey });
      const waits = body.recipient !== undefined && Boolean(changed.pendingRecipient);
      notify({ title: waits ? texts.codeOnItsWay : texts.saved, tone: "good" });
    },
  });
  const error = fieldError(change.error, "isEnabled") ?? otherErrors(change.error, ["recipient"]);
  return (
    <section
      aria-labelledby={title}
      className="grid grid-cols-1 gap-4 rounded-l border border-line bg-surface p-4 sm:p-5"
    >
      <header className="flex flex-wrap items-center gap-3">
        <span className="grid size-10 place-items-center rounded-m bg-accent-soft text-accent-strong">
          <Icon className="size-5" />
        </span>
        <div className="min-w-0 flex-1">
          <h2 id={title} className="font-semibold">
            {label}
          </h2>
          {providers.length > 0 && <p className="text-s text-soft">{texts.by(providers)}</p>}
        </div>
        {isOwner() ? (
          <label className="flex items-center gap-2 text-s">
            {isEnabled ? texts.on : texts.off}
            <Switch
              aria-label={`${label}: ${isEnabled ? texts.on : texts.off}`}
              checked={isEnabled}
              disabled={change.isPending}
              onCheckedChange={(on) => change.mutate({ isEnabled: on })}
            />
          </label>
        ) : (
          <Badge tone={isEnabled ? "good" : "neutral"}>{isEnabled ? texts.on : texts.off}</Badge>
        )}
      </header>
      {!isServed && <p className="text-s text-warn">{texts.notServed}</p>}
      {!isEnabled && isServed && <p className="text-s text-soft">{texts.held}</p>}
      {subscriptions && (
        <p className="text-s">
          {texts.endpointsOn(subscriptions.enabled, subscriptions.total)}{" "}
          <Link to="/settings/webhooks" className="font-medium text-accent underline underline-offset-4">
            {texts.manageThem}
          </Link>
        </p>
      )}
      {recipientFormat && (
        <Recipient
          channel={channel}
          format={recipientFormat}
          save={(recipient, saved) => change.mutate({ recipient }, { onSuccess: saved })}
          error={fieldError(change.error, "recipient")}
          busy={change.isPending}
        />
      )}
      {channel.pendingRecipient && (
        <ConfirmRecipient
          key={channel.confirmation?.sentAt}
          channel={{ ...channel, pendingRecipient: channel.pendingRecipient }}
          sendAgain={() => change.mutate({ recipient: channel.pendingRecipient })}
          busy={change.isPending}
        />
      )}
      {error && (
        <p role="alert" className="text-s text-danger">
          {error}
        </p>
      )}
      {fallbacks.length > 0 && <p className="text-s text-soft">{texts.fallback(fallbacks.map(nameOf))}</p>}
      {isOwner() && <ChannelTest type={type} />}
      {isOwner() && isServed && type === "email" && <DomainCheck />}
    </section>
  );
}

function Recipient({
  channel,
  format,
  save,
  error,
  busy,
}: {
  channel: Channel;
  format: NonNullable<Channel["recipientFormat"]>;
  save: (recipient: string | null, saved: (channel: Channel) => void) => void;
  error: string | undefined;
  busy: boolean;
}) {
  // A secret is never sent back to the browser: the field is for another one.
  const shown = format.isSecret ? "" : (channel.pendingRecipient ?? channel.recipient ?? "");
  const [typed, setTyped] = useState(shown);
  const isChanged = typed.trim() !== shown;
  const stored = format.isSecret && channel.recipient ? texts.stored(channel.recipient) : undefined;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    // A number comes back in its international form.
    save(typed.trim() || null, ({ pendingRecipient, recipient }) => {
      setTyped(format.isSecret ? "" : (pendingRecipient ?? recipient ?? ""));
    });
  };
  return (
    <form onSubmit={submit} className="flex flex-wrap items-start gap-2" noValidate>
      <Field
        label={format.label}
        hint={stored ?? texts.hints[channel.type]}
        error={error}
        className="min-w-0 flex-1 basis-60"
      >
        <Input
          type={INPUTS[format.kind]}
          autoComplete={format.isSecret ? "off" : undefined}
          placeholder={format.example}
          disabled={!isOwner()}
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
        />
      </Field>
      {isOwner() && (
        <Button type="submit" className="mt-7" disabled={!isChanged || busy}>
          {texts.save}
        </Button>
      )}
      <LeaveGuard isDirty={isChanged} />
    </form>
  );
}
