import { useMutation, useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Check, ExternalLink, Send } from "lucide-react";
import { type FormEvent, type ReactNode, useState } from "react";

import { Button } from "@/components/ui/button";
import { Field, Input } from "@/components/ui/field";
import { Failed, Waiting } from "@/components/ui/states";
import { countsQuery, funnelsQuery } from "@/leads/queries";
import { answered, api, fieldError, idempotencyKey, otherErrors } from "@/lib/api";
import { cn } from "@/lib/cn";

/** An inbox without any lead teaches how one gets here: send yourself one, watch it arrive, try each channel. */
export function FirstSteps() {
  const counts = useQuery(countsQuery());
  const [isSent, setSent] = useState(false);
  const hasArrived = (counts.data?.all ?? 0) > 0;
  return (
    <section aria-labelledby="first-steps" className="mx-auto grid w-full max-w-xl gap-6 p-5 md:p-10">
      <header className="grid gap-1">
        <h2 id="first-steps" className="text-xl font-semibold">
          Your first lead
        </h2>
        <p className="text-soft">Three small steps, and you know that nothing gets lost.</p>
      </header>
      <ol className="grid gap-4">
        <Step number={1} title="Ask yourself for a call" isDone={isSent || hasArrived}>
          <SendOne onSent={() => setSent(true)} />
        </Step>
        <Step number={2} title="Watch it arrive" isDone={hasArrived}>
          <p className="text-s text-soft" role="status">
            {hasArrived ? "There it is, in your list." : "It appears in the list by itself, within a second."}
          </p>
        </Step>
        <Step number={3} title="Try each channel" isDone={false}>
          <p className="text-s text-soft">So that e-mail, SMS and webhooks reach you when it matters.</p>
          <Button asChild size="s" className="justify-self-start">
            <Link to="/settings/channels">Test the channels</Link>
          </Button>
        </Step>
      </ol>
    </section>
  );
}

function Step({
  number,
  title,
  isDone,
  children,
}: {
  number: number;
  title: string;
  isDone: boolean;
  children: ReactNode;
}) {
  return (
    <li className="flex gap-4 rounded-l border border-line bg-surface p-4">
      <span
        aria-hidden
        className={cn(
          "grid size-8 shrink-0 place-items-center rounded-full font-semibold",
          isDone ? "bg-accent text-on-accent" : "bg-accent-soft text-accent-strong",
        )}
      >
        {isDone ? <Check className="size-4" /> : number}
      </span>
      <div className="grid min-w-0 flex-1 gap-3">
        <h3 className="pt-1 font-medium">
          {title}
          {isDone && <span className="sr-only"> (done)</span>}
        </h3>
        {children}
      </div>
    </li>
  );
}

/** The very request that a visitor makes, through the first open form of the business. */
function SendOne({ onSent }: { onSent: () => void }) {
  const funnels = useQuery(funnelsQuery());
  const [contactName, setName] = useState("");
  const [contactPhone, setPhone] = useState("");
  const [key] = useState(idempotencyKey);
  const funnel = funnels.data?.find((each) => each.isActive);
  const send = useMutation({
    mutationFn: (funnelId: string) =>
      answered(
        api.POST("/api/messages", {
          params: { header: { "Idempotency-Key": key } },
          body: { funnelId, contactName, contactPhone, message: "A test of mine." },
          headers: { Accept: "application/json" },
        }),
      ),
    onSuccess: onSent,
  });
  if (funnels.isPending) {
    return <Waiting rows={1} className="p-0" />;
  }
  if (funnels.isError) {
    return <Failed error={funnels.error} retry={() => void funnels.refetch()} className="py-2" />;
  }
  if (!funnel) {
    return (
      <p className="text-s text-soft">
        There is no open form yet:{" "}
        <Link to="/settings/funnels" className="text-accent underline">
          look at your funnels
        </Link>
        .
      </p>
    );
  }
  if (send.isSuccess) {
    return <p className="text-s text-soft">Sent, and on disk.</p>;
  }
  const submit = (event: FormEvent) => {
    event.preventDefault();
    send.mutate(funnel.id);
  };
  return (
    <form onSubmit={submit} className="grid gap-3 sm:grid-cols-2" noValidate>
      <Field label="Your name" error={fieldError(send.error, "contactName")}>
        <Input autoComplete="name" value={contactName} onChange={(event) => setName(event.target.value)} />
      </Field>
      <Field label="Your phone" error={fieldError(send.error, "contactPhone")}>
        <Input type="tel" autoComplete="tel" value={contactPhone} onChange={(event) => setPhone(event.target.value)} />
      </Field>
      {otherErrors(send.error, ["contactName", "contactPhone"]) && (
        <p role="alert" className="text-s text-danger sm:col-span-2">
          {otherErrors(send.error, ["contactName", "contactPhone"])}
        </p>
      )}
      <div className="flex flex-wrap gap-2 sm:col-span-2">
        <Button type="submit" variant="primary" disabled={send.isPending}>
          <Send /> Send it
        </Button>
        <Button asChild variant="quiet">
          <a href={`/f/${funnel.slug ?? funnel.id}`} target="_blank" rel="noreferrer">
            <ExternalLink /> Or open your form
          </a>
        </Button>
      </div>
    </form>
  );
}
