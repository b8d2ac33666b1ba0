import { useMutation, useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { ExternalLink, Send } from "lucide-react";
import { type FormEvent, useState } from "react";

import { QrCode } from "@/components/qr-code";
import { Button } from "@/components/ui/button";
import { CopyButton } from "@/components/ui/copy-button";
import { Field, Input } from "@/components/ui/field";
import { Failed, Waiting } from "@/components/ui/states";
import { progress } from "@/features/inbox/first-steps-progress";
import { stepTexts } from "@/features/inbox/first-steps-texts";
import { funnelsQuery } from "@/leads/queries";
import { answered, api, type components, fieldError, otherErrors } from "@/lib/api";
import { useIdempotencyKey } from "@/lib/use-idempotency-key";

const texts = stepTexts.send;
const FIELDS = ["contactName", "contactPhone"] as const;

/** A lead of one's own, by the form's very request or by the form itself. */
export function SendOne({ sentId }: { sentId: string | undefined }) {
  const funnels = useQuery(funnelsQuery());
  const funnel = funnels.data?.find((each) => each.isActive);
  if (funnels.isPending) {
    return <Waiting rows={1} className="p-0" />;
  }
  if (funnels.isError) {
    return <Failed error={funnels.error} retry={() => void funnels.refetch()} className="py-2" />;
  }
  if (!funnel) {
    return (
      <p className="text-s text-soft">
        {texts.noForm}{" "}
        <Link to="/settings/funnels" className="text-accent underline">
          {texts.toFunnels}
        </Link>
        .
      </p>
    );
  }
  return (
    <>
      {sentId === undefined ? (
        <SendForm funnelId={funnel.id} />
      ) : (
        <p className="flex flex-wrap items-center gap-3 text-s text-soft">
          {texts.sent}
          <Button variant="link" size="s" onClick={() => progress({ sentId: undefined })}>
            {texts.again}
          </Button>
        </p>
      )}
      <YourForm formUrl={funnel.formUrl} />
    </>
  );
}

function SendForm({ funnelId }: { funnelId: string }) {
  const [contactName, setName] = useState("");
  const [contactPhone, setPhone] = useState("");
  const body = { funnelId, contactName, contactPhone, message: texts.message };
  const key = useIdempotencyKey(body);
  const send = useMutation({
    mutationFn: () =>
      answered(
        api.POST("/api/messages", {
          params: { header: { "Idempotency-Key": key } },
          body,
          headers: { Accept: "application/json" },
        }),
      ),
    onSuccess: ({ id }) => progress({ sentId: id, isShown: true }),
  });
  const other = otherErrors(send.error, FIELDS);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    send.mutate();
  };
  return (
    <form onSubmit={submit} className="grid items-start gap-3 sm:grid-cols-2" noValidate>
      <Field label={texts.name} error={fieldError(send.error, "contactName")}>
        <Input autoComplete="name" value={contactName} onChange={(event) => setName(event.target.value)} />
      </Field>
      <Field label={texts.phone} error={fieldError(send.error, "contactPhone")}>
        <Input type="tel" autoComplete="tel" value={contactPhone} onChange={(event) => setPhone(event.target.value)} />
      </Field>
      {other && (
        <p role="alert" className="text-s text-danger sm:col-span-2">
          {other}
        </p>
      )}
      <Button type="submit" variant="primary" disabled={send.isPending} className="justify-self-start max-md:h-11">
        <Send /> {texts.submit}
      </Button>
    </form>
  );
}

function YourForm({ formUrl }: { formUrl: components["schemas"]["Funnel"]["formUrl"] }) {
  return (
    <div className="flex items-start gap-4 border-t border-line pt-3">
      <div className="grid min-w-0 flex-1 gap-2">
        <p className="text-s text-soft">{texts.orForm}</p>
        <code className="rounded-s bg-sunken px-2 py-1.5 text-xs break-all">{formUrl}</code>
        <div className="flex flex-wrap gap-2">
          <Button asChild size="s" className="max-md:h-11">
            <a href={formUrl} target="_blank" rel="noreferrer">
              <ExternalLink /> {texts.openForm}
            </a>
          </Button>
          <CopyButton text={formUrl} className="max-md:h-11" />
        </div>
      </div>
      <QrCode text={formUrl} className="size-28 shrink-0 rounded-m border border-line max-sm:hidden" />
    </div>
  );
}
