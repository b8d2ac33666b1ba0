import type { ReactNode } from "react";

import { Change } from "@/features/analytics/change";
import { type Counted, LeadsLink } from "@/features/analytics/leads-link";
import { type LeadFigures, type Seconds, shareOnTime, texts } from "@/features/analytics/texts";
import { number, percent, span } from "@/lib/format";

/** The numbers that matter, first: each beside that of the period before. */
export function FigureCards({
  total,
  before,
  counted,
  isOpenOnly,
}: {
  total: LeadFigures;
  before: LeadFigures | undefined;
  counted: Counted;
  isOpenOnly: boolean;
}) {
  const [onTime, reached] = [shareOnTime(total), shareReached(total)];
  const time = timeOf(total.secondsToAcknowledge, isOpenOnly);
  return (
    <dl className="grid grid-cols-2 gap-3 lg:grid-cols-4">
      <Card
        name={texts.received}
        value={<LeadsLink counted={counted}>{number(total.received)}</LeadsLink>}
        change={<Change now={total.received} before={before?.received} />}
      >
        {total.held > 0 && texts.spam(number(total.held))}
      </Card>
      <Card
        name={texts.onTime}
        value={onTime === null ? "–" : percent(onTime, 0)}
        change={<Change now={onTime} before={before && shareOnTime(before)} unit="share" better="more" />}
      >
        <LeadsLink counted={counted} only={{ sla: "missed" }}>
          {texts.late(number(total.slaMissed))}
        </LeadsLink>
      </Card>
      <Card
        name={texts.reached}
        value={reached === null ? "–" : percent(reached, 0)}
        change={<Change now={reached} before={before && shareReached(before)} unit="share" better="more" />}
      >
        {texts.ofLeads(number(total.reached), number(total.received))}
      </Card>
      <Card
        name={texts.toAcknowledge}
        value={time.median === null ? "–" : span(time.median)}
        change={
          <Change
            now={time.median}
            before={before && timeOf(before.secondsToAcknowledge, isOpenOnly).median}
            better="less"
          />
        }
      >
        {time.p90 !== null && texts.p90Within(span(time.p90))}
      </Card>
    </dl>
  );
}

function shareReached({ reached, received }: LeadFigures): number | null {
  return received === 0 ? null : reached / received;
}

function timeOf(seconds: Seconds, isOpenOnly: boolean) {
  return isOpenOnly
    ? { median: seconds.medianOpen, p90: seconds.p90Open }
    : { median: seconds.median, p90: seconds.p90 };
}

function Card({
  name,
  value,
  change,
  children,
}: {
  name: string;
  value: ReactNode;
  change: ReactNode;
  children: ReactNode;
}) {
  return (
    <div className="grid content-start gap-1 rounded-l border border-line bg-surface p-4">
      <dt className="text-s text-soft">{name}</dt>
      <dd className="grid gap-1">
        <span className="flex flex-wrap items-baseline gap-x-2 gap-y-0.5">
          <span className="text-xl leading-tight font-semibold whitespace-nowrap tabular max-sm:text-l">{value}</span>
          {change}
        </span>
        <span className="text-xs text-soft">{children}</span>
      </dd>
    </div>
  );
}
