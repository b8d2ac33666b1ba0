import { Link } from "@tanstack/react-router";
import { Bot, ChevronRight, KeyRound, type LucideIcon, UserRound } from "lucide-react";
import { type ReactNode, useId, useState } from "react";

import type { Entry } from "@/features/audit/queries";
import { texts } from "@/features/audit/texts";
import { actionInWords, inWords, isAboutLead } from "@/features/audit/words";
import { cn } from "@/lib/cn";
import { clock, list, moment } from "@/lib/format";
import { currentSession } from "@/lib/session";

const ICONS: Record<Entry["actorKind"], LucideIcon> = { person: UserRound, key: KeyRound, service: Bot };

/** Something that was done; opened, all that is known of it. */
export function EntryRow({ entry }: { entry: Entry }) {
  const [isOpen, setOpen] = useState(false);
  const id = useId();
  const { at, actorKind, action, details } = entry;
  const Icon = ICONS[actorKind];
  const fields = fieldsOf(details);
  return (
    <li>
      <button
        type="button"
        aria-expanded={isOpen}
        aria-controls={id}
        onClick={() => setOpen(!isOpen)}
        className="flex min-h-11 w-full items-start gap-3 px-4 py-2.5 text-start text-s hover:bg-sunken"
      >
        <Icon role="img" aria-label={texts.kinds[actorKind]} className="mt-0.5 size-4 shrink-0 text-soft" />
        <span className="min-w-0 flex-1">
          <span className="wrap-anywhere">
            <span className="font-medium">{nameOf(entry)}</span> {actionInWords(action)}
          </span>
          {fields.length > 0 && <span className="block text-soft">{list(fields.map(inWords))}</span>}
        </span>
        <time dateTime={at} title={moment(at)} className="tabular shrink-0 text-soft">
          {clock(at)}
        </time>
        <ChevronRight
          className={cn("mt-0.5 size-4 shrink-0 text-soft rtl:rotate-180", isOpen && "rotate-90 rtl:rotate-90")}
        />
      </button>
      <div id={id} hidden={!isOpen}>
        {isOpen && <Details entry={entry} fields={fields} />}
      </div>
    </li>
  );
}

function nameOf({ actorKind, actorId, actor }: Entry): string {
  if (actorKind === "service") {
    return texts.kinds.service;
  }
  return actorKind === "person" && actorId === currentSession()?.person.id ? texts.you : actor;
}

function fieldsOf(details: Entry["details"]): readonly string[] {
  const fields: unknown = details["fields"];
  return Array.isArray(fields) ? fields.filter((each) => typeof each === "string") : [];
}

function Details({ entry, fields }: { entry: Entry; fields: readonly string[] }) {
  const { at, actor, actorKind, action, subject, details } = entry;
  return (
    <dl className="grid gap-x-6 gap-y-2 border-t border-line bg-sunken/50 px-4 py-3 text-s sm:grid-cols-[max-content_1fr] sm:ps-11">
      <Fact name={texts.at}>{moment(at)}</Fact>
      <Fact name={texts.actor}>
        {texts.kinds[actorKind]} · <span className="break-all">{actor}</span>{" "}
        <Link to="/settings/audit" search={{ actor }} className="whitespace-nowrap text-accent underline">
          {texts.onlyActor}
        </Link>
      </Fact>
      <Fact name={texts.operation}>
        <code>{action}</code>{" "}
        <Link to="/settings/audit" search={{ action }} className="whitespace-nowrap text-accent underline">
          {texts.onlyAction}
        </Link>
      </Fact>
      {subject && (
        <Fact name={texts.subject}>
          <code className="break-all">{subject}</code>{" "}
          {isAboutLead(action) && (
            <Link
              to="/inbox/$leadId"
              params={{ leadId: subject }}
              search={{}}
              className="whitespace-nowrap text-accent underline"
            >
              {texts.openLead}
            </Link>
          )}
        </Fact>
      )}
      {fields.length > 0 && (
        <Fact name={texts.fields}>
          <code>{fields.join(", ")}</code>
        </Fact>
      )}
      {Object.entries(details)
        .filter(([name]) => name !== "fields")
        .map(([name, value]) => (
          <Fact key={name} name={sentence(inWords(name))}>
            <Value value={value} />
          </Fact>
        ))}
    </dl>
  );
}

function sentence(words: string): string {
  return words.charAt(0).toLocaleUpperCase() + words.slice(1);
}

/** Counts and words as they are; what is made of several as lines of its own. */
function Value({ value }: { value: unknown }) {
  if (typeof value !== "object" || value === null) {
    return String(value ?? "–");
  }
  const parts = Array.isArray(value)
    ? value.map(show)
    : Object.entries(value).map(([name, each]) => `${inWords(name)}: ${show(each)}`);
  return parts.length === 0 ? "–" : parts.join(", ");
}

function show(value: unknown): string {
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt className="text-soft">{name}</dt>
      <dd className="-mt-2 min-w-0 sm:mt-0">{children}</dd>
    </>
  );
}
