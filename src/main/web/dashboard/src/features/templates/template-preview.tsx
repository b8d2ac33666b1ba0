import type { UseQueryResult } from "@tanstack/react-query";
import { useInfiniteQuery } from "@tanstack/react-query";

import { Field, Select } from "@/components/ui/field";
import { Skeleton } from "@/components/ui/states";
import type { Channel } from "@/features/templates/template";
import { texts } from "@/features/templates/texts";
import { nameOf } from "@/leads/names";
import { leadsQuery } from "@/leads/queries";
import { type components, reason, Refused } from "@/lib/api";
import { cn } from "@/lib/cn";

type Previewed = components["schemas"]["PreviewedText"];

const LEADS_OFFERED = 5;

/** What a lead gets: a mail with its subject, or a message as a phone shows it. */
export function TemplatePreview({
  channel,
  preview,
  isEmpty,
  leadId,
  onLead,
}: {
  channel: Channel;
  preview: UseQueryResult<Previewed>;
  isEmpty: boolean;
  leadId: string | undefined;
  onLead: (id: string | undefined) => void;
}) {
  return (
    <section aria-label={texts.preview} className="grid content-start gap-3 rounded-m bg-sunken p-4">
      <SampleChoice leadId={leadId} onLead={onLead} />
      {isEmpty ? (
        <p className="text-s text-soft">{texts.previewEmpty}</p>
      ) : preview.isError ? (
        <p className="text-s text-soft">
          {preview.error instanceof Refused && preview.error.problem.errors ? texts.previewFix : reason(preview.error)}
        </p>
      ) : preview.isPending ? (
        <div role="status">
          <span className="sr-only">{texts.previewWaiting}</span>
          <Skeleton className="h-24 bg-line" />
        </div>
      ) : (
        <div className={cn("grid gap-2", preview.isPlaceholderData && "opacity-55")}>
          {channel === "email" ? <Mail {...preview.data} /> : <Sms {...preview.data} />}
        </div>
      )}
    </section>
  );
}

function SampleChoice({ leadId, onLead }: { leadId: string | undefined; onLead: (id: string | undefined) => void }) {
  const leads = useInfiniteQuery(leadsQuery({}, "newest"));
  const offered = leads.data?.pages[0]?.items.slice(0, LEADS_OFFERED) ?? [];
  return (
    <Field label={texts.previewOf}>
      <Select value={leadId ?? ""} onChange={(event) => onLead(event.target.value || undefined)}>
        <option value="">{texts.madeUp}</option>
        {offered.map((each) => (
          <option key={each.id} value={each.id}>
            {nameOf(each)}
          </option>
        ))}
      </Select>
    </Field>
  );
}

function Mail({ subject, body }: Previewed) {
  return (
    <div className="rounded-m border border-line bg-surface">
      <p className="border-b border-line px-3 py-2 text-s">
        <span className="text-soft">{texts.to}</span>{" "}
        {subject ? (
          <strong className="font-semibold">{subject}</strong>
        ) : (
          <em className="text-soft">{texts.noSubject}</em>
        )}
      </p>
      <p className="px-3 py-3 text-s whitespace-pre-wrap">{body}</p>
    </div>
  );
}

function Sms({ body, segments }: Previewed) {
  const isTooLong = segments !== null && segments.parts > segments.maxParts;
  return (
    <>
      <p className="justify-self-start rounded-l rounded-es-s bg-sms-soft px-4 py-2.5 text-s whitespace-pre-wrap">
        {body}
      </p>
      {segments && (
        <p role="status" className={cn("text-s", isTooLong ? "text-danger" : "text-soft")}>
          <strong className="tabular font-semibold">{texts.parts(segments.parts, segments.maxParts)}</strong> ·{" "}
          {texts.units(segments.units, segments.encoding)}
          {isTooLong && <span className="block">{texts.tooLong}</span>}
        </p>
      )}
    </>
  );
}
