import { useState } from "react";

import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { Field, Input, Textarea } from "@/components/ui/field";
import { type AdvancedChange, type NewAuthentication, type Subscription, texts } from "@/features/webhooks/texts";
import { fieldError, Refused } from "@/lib/api";

/** The fields of it, by their names in the API. */
export const ADVANCED = ["rateLimit", "ordering", "payloadTemplate", "authentication"] as const;
const NO_ACCOUNT: NewAuthentication = { type: "oauth2", tokenUrl: "", clientId: "", clientSecret: "", scope: null };

/** What few endpoints need; open where something of it is set or wrong. */
export function AdvancedFields({
  subscription,
  change,
  onChange,
  error,
}: {
  subscription: Subscription | undefined;
  change: AdvancedChange;
  onChange: (change: AdvancedChange) => void;
  error: unknown;
}) {
  const isWrong = ADVANCED.some((field) => fieldError(error, field) !== undefined);
  const [isOpen, setOpen] = useState(subscription !== undefined && isSet(subscription));
  const set = (part: AdvancedChange) => onChange({ ...change, ...part });
  const rate = change.rateLimit === undefined ? subscription?.rateLimit : change.rateLimit;
  const template = change.payloadTemplate === undefined ? subscription?.payloadTemplate : change.payloadTemplate;
  const preview = error instanceof Refused ? (error.problem as { preview?: string }).preview : undefined;

  return (
    <details open={isOpen || isWrong} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary className="cursor-pointer text-s font-medium">{texts.advanced}</summary>
      <div className="mt-3 grid gap-4">
        <Field label={texts.rateLimit} hint={texts.rateLimitHint} optional error={fieldError(error, "rateLimit")}>
          <Input
            type="number"
            min={1}
            max={6_000}
            value={rate ?? ""}
            onChange={(event) => set({ rateLimit: event.target.value === "" ? null : event.target.valueAsNumber })}
          />
        </Field>
        <label className="flex min-h-8 items-start gap-3 text-s">
          <Checkbox
            checked={(change.ordering ?? subscription?.ordering) === "per-lead"}
            onCheckedChange={(on) => set({ ordering: on === true ? "per-lead" : "none" })}
          />
          <span>
            {texts.ordering} <span className="block text-soft">{texts.orderingHint}</span>
          </span>
        </label>
        <Field label={texts.template} hint={texts.templateHint} optional error={fieldError(error, "payloadTemplate")}>
          <Textarea
            className="font-mono text-s"
            spellCheck={false}
            placeholder={'{"text": "{{data.reference}}: {{data.contactName}}"}'}
            value={template ?? ""}
            onChange={(event) => set({ payloadTemplate: event.target.value || null })}
          />
        </Field>
        {preview !== undefined && (
          <div className="grid gap-1.5 text-s">
            <p className="font-medium">{texts.preview}</p>
            <pre className="overflow-x-auto rounded-m bg-sunken p-3 text-xs whitespace-pre-wrap">{preview}</pre>
          </div>
        )}
        <Account
          known={subscription?.authentication ?? null}
          account={change.authentication}
          onChange={(authentication) => set({ authentication })}
          error={fieldError(error, "authentication")}
        />
      </div>
    </details>
  );
}

function isSet({ rateLimit, ordering, payloadTemplate, authentication }: Subscription) {
  return rateLimit !== null || ordering !== "none" || payloadTemplate !== null || authentication !== null;
}

/** The client secret is never shown again, so what is kept is replaced as a whole or not at all. */
function Account({
  known,
  account,
  onChange,
  error,
}: {
  known: Subscription["authentication"];
  account: NewAuthentication | undefined;
  onChange: (account: NewAuthentication) => void;
  error: string | undefined;
}) {
  const change = (part: Partial<NonNullable<NewAuthentication>>) =>
    onChange({ ...(account ?? NO_ACCOUNT!), ...part } as NewAuthentication);
  const shown = account === undefined ? known : account;
  return (
    <fieldset className="grid gap-3">
      <legend className="mb-1 text-s font-medium">
        {texts.account} <span className="font-normal text-soft">(optional)</span>
      </legend>
      <p className="text-s text-soft">{texts.accountHint}</p>
      {account ? (
        <>
          <Field label={texts.tokenUrl}>
            <Input
              type="url"
              inputMode="url"
              value={account.tokenUrl}
              onChange={(event) => change({ tokenUrl: event.target.value })}
            />
          </Field>
          <div className="grid gap-3 sm:grid-cols-2">
            <Field label={texts.clientId}>
              <Input
                autoComplete="off"
                value={account.clientId}
                onChange={(event) => change({ clientId: event.target.value })}
              />
            </Field>
            <Field label={texts.clientSecret}>
              <Input
                type="password"
                autoComplete="new-password"
                value={account.clientSecret}
                onChange={(event) => change({ clientSecret: event.target.value })}
              />
            </Field>
          </div>
          <Field label={texts.scope} optional>
            <Input value={account.scope ?? ""} onChange={(event) => change({ scope: event.target.value || null })} />
          </Field>
        </>
      ) : (
        shown && (
          <p className="text-s break-all">
            {shown.clientId} <span className="text-soft">{shown.tokenUrl}</span>
          </p>
        )
      )}
      {error && (
        <p role="alert" className="text-s text-danger">
          {error}
        </p>
      )}
      <div className="flex gap-2">
        {!account && (
          <Button size="s" onClick={() => onChange(NO_ACCOUNT)}>
            {shown ? texts.replaceAccount : texts.addAccount}
          </Button>
        )}
        {shown && (
          <Button size="s" onClick={() => onChange(null)}>
            {texts.removeAccount}
          </Button>
        )}
      </div>
    </fieldset>
  );
}
