import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";

import { CopyButton } from "@/components/ui/copy-button";
import { Panel } from "@/components/ui/page";
import { texts } from "@/features/lead/texts";
import { isWaiting, type LeadInFull } from "@/leads/lead";
import { moment } from "@/lib/format";
import { mailto } from "@/lib/mailto";

/** What was asked for, how to reach who asked, and what their page said about them. */
export function AboutLead({ lead }: { lead: LeadInFull }) {
  const metadata = Object.entries(lead.metadata ?? {});
  const phone = lead.contactPhoneE164;
  return (
    <Panel>
      <div className="grid gap-4 p-4 md:p-5">
        {(lead.subject || lead.message) && (
          <div className="grid gap-1.5">
            {lead.subject && (
              <h2 dir="auto" className="text-l font-semibold">
                {lead.subject}
              </h2>
            )}
            {lead.message && (
              <p dir="auto" className="whitespace-pre-wrap">
                {lead.message}
              </p>
            )}
          </div>
        )}
        <dl className="grid gap-x-5 gap-y-2 text-s sm:grid-cols-[max-content_1fr]">
          {lead.contactPhone && (
            <Fact name={texts.phone}>
              {phone ? (
                <a dir="ltr" href={`tel:${phone}`} className="text-m font-medium text-accent tabular">
                  {lead.contactPhone}
                </a>
              ) : (
                <span dir="auto" className="text-m font-medium">
                  {lead.contactPhone}
                </span>
              )}
              <CopyButton text={phone ?? lead.contactPhone} />
            </Fact>
          )}
          {lead.contactEmail && (
            <Fact name={texts.mail}>
              <a href={mailto(lead.contactEmail)} className="font-medium text-accent">
                {lead.contactEmail}
              </a>
              <CopyButton text={lead.contactEmail} />
            </Fact>
          )}
          {AS_TYPED.map(([key, name]) => (
            <AsTyped
              key={key}
              name={name}
              typed={lead.metadata?.[key]}
              shown={[lead.contactPhone, lead.contactEmail]}
            />
          ))}
          <Fact name={texts.reference}>
            <span className="font-mono">{lead.reference}</span>
            <CopyButton text={lead.reference} />
          </Fact>
          <Fact name={texts.received}>{moment(lead.createdAt)}</Fact>
          {lead.preferredFrom && lead.preferredUntil && (
            <Fact name={texts.wantsCall}>{texts.span(lead.preferredFrom, lead.preferredUntil)}</Fact>
          )}
          {lead.dueAt && isWaiting(lead) && <Fact name={texts.callBy}>{moment(lead.dueAt)}</Fact>}
          {lead.callAgainAt && <Fact name={texts.callAgain}>{moment(lead.callAgainAt)}</Fact>}
          {lead.follows && (
            <Fact name={lead.type === "reminder" ? texts.remindsOf : texts.follows}>
              <Link
                to="/inbox/$leadId"
                params={{ leadId: lead.follows }}
                search={(before) => before as never}
                className="text-accent underline"
              >
                {lead.type === "reminder" ? texts.theLead : texts.earlierRequest}
              </Link>
            </Fact>
          )}
          {lead.seenAgain > 0 && <Fact name={texts.again}>{texts.seenAgain(lead.seenAgain)}</Fact>}
        </dl>
        {metadata.length > 0 && (
          <details className="text-s">
            <summary className="cursor-pointer text-soft">{texts.metadata(metadata.length)}</summary>
            <dl className="mt-2 grid gap-x-5 gap-y-1 sm:grid-cols-[max-content_1fr]">
              {metadata.map(([name, value]) => (
                <Fact key={name} name={name}>
                  <code className="text-xs">{typeof value === "string" ? value : JSON.stringify(value)}</code>
                </Fact>
              ))}
            </dl>
          </details>
        )}
      </div>
    </Panel>
  );
}

const AS_TYPED = [
  ["phone_raw", texts.phoneAsTyped],
  ["email_raw", texts.mailAsTyped],
] as const;

/** What was typed for a way to reach them, where that says more than what is shown. */
function AsTyped({ name, typed, shown }: { name: string; typed: unknown; shown: readonly (string | null)[] }) {
  return typeof typed === "string" && !shown.includes(typed) ? (
    <Fact name={name}>
      <span dir="auto">{typed}</span>
    </Fact>
  ) : null;
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt className="pt-0.5 text-soft">{name}</dt>
      <dd className="flex min-w-0 flex-wrap items-center gap-2 max-sm:-mt-2">{children}</dd>
    </>
  );
}
