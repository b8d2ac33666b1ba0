import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Check } from "lucide-react";
import type { ReactNode } from "react";

import { Button } from "@/components/ui/button";
import { Kbd } from "@/components/ui/kbd";
import { progress, useProgress } from "@/features/inbox/first-steps-progress";
import { stepTexts as texts } from "@/features/inbox/first-steps-texts";
import { SendOne } from "@/features/inbox/send-one";
import { leadQuery } from "@/leads/queries";
import { cn } from "@/lib/cn";
import { isOwner } from "@/lib/session";

const LOOK_AGAIN_MS = 1_500;

/** An inbox without any lead teaches how one gets here: send yourself one, watch it arrive, try each channel. */
export function FirstSteps() {
  const { sentId, hasTried = false } = useProgress();
  const sent = useQuery({
    ...leadQuery(sentId ?? ""),
    enabled: sentId !== undefined,
    // Until it is there; from then on the stream keeps it.
    refetchInterval: ({ state }) => (state.data ? false : LOOK_AGAIN_MS),
  });
  const hasArrived = sentId !== undefined && sent.data !== undefined;
  const done = [sentId !== undefined, hasArrived, hasTried].filter(Boolean).length;
  return (
    <div className="mx-auto grid w-full max-w-xl gap-6 p-5 md:p-10">
      <header className="flex flex-wrap items-start justify-between gap-3">
        <div className="grid gap-1">
          <h1 className="text-xl font-semibold">{texts.title}</h1>
          <p className="text-soft">{texts.about}</p>
        </div>
        <p
          role="status"
          className="rounded-full bg-accent-soft px-3 py-1 text-s font-medium text-accent-strong tabular"
        >
          {texts.progress(done, 3)}
        </p>
      </header>
      <ol className="grid gap-4">
        <Step number={1} title={texts.send.title} isDone={sentId !== undefined}>
          <SendOne sentId={sentId} />
        </Step>
        <Step number={2} title={texts.arrive.title} isDone={hasArrived}>
          <p className="text-s text-soft" role="status">
            {sent.data
              ? sent.data.quarantinedAt === null
                ? texts.arrive.there
                : texts.arrive.held
              : sentId === undefined
                ? texts.arrive.before
                : texts.arrive.waiting}
          </p>
          {sent.data && (
            <Button asChild size="s" className="justify-self-start max-md:h-11">
              <Link
                to="/inbox/$leadId"
                params={{ leadId: sent.data.id }}
                search={sent.data.quarantinedAt === null ? {} : { view: "quarantine" }}
              >
                {texts.arrive.open}
              </Link>
            </Button>
          )}
        </Step>
        <Step number={3} title={texts.channels.title} isDone={hasTried}>
          <p className="text-s text-soft">{isOwner() ? texts.channels.about : texts.channels.notYours}</p>
          {isOwner() && (
            <Button asChild size="s" className="justify-self-start max-md:h-11">
              <Link to="/settings/channels" onClick={() => progress({ hasTried: true, isShown: true })}>
                {texts.channels.open}
              </Link>
            </Button>
          )}
        </Step>
      </ol>
      <div className="flex flex-wrap items-center gap-3">
        <Button className="max-md:h-11" onClick={() => progress({ isShown: false })}>
          {texts.close}
        </Button>
        <span className="flex items-center gap-1.5 text-s text-soft max-md:hidden">
          {texts.closeAbout} <Kbd keys="g f" />
        </span>
      </div>
    </div>
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
        <h2 className="pt-1 font-medium">
          {title}
          {isDone && <span className="sr-only">{texts.done}</span>}
        </h2>
        {children}
      </div>
    </li>
  );
}
