import type { ReactNode } from "react";

import { type LeadFigures, type Seconds, texts } from "@/features/analytics/texts";
import { cn } from "@/lib/cn";
import { number, percent, span } from "@/lib/format";

/** The figures that matter, first. */
export function FigureCards({ total, isOpenOnly }: { total: LeadFigures; isOpenOnly: boolean }) {
  return (
    <dl className="grid grid-cols-2 gap-3 lg:grid-cols-5">
      <Card name={texts.received} className="max-lg:col-span-full" value={number(total.received)}>
        {total.held > 0 && `${number(total.held)} more held as spam`}
      </Card>
      <Card name={texts.rate} value={total.acknowledgementRate === null ? "–" : percent(total.acknowledgementRate)}>
        {number(total.acknowledged)} acknowledged
      </Card>
      <Card name={texts.responded} value={number(total.responded)}>
        {total.received > 0 && `${percent(total.responded / total.received)} of all`}
      </Card>
      <SpeedCard name={texts.toAcknowledge} seconds={total.secondsToAcknowledge} isOpenOnly={isOpenOnly} />
      <SpeedCard name={texts.toRespond} seconds={total.secondsToRespond} isOpenOnly={isOpenOnly} />
    </dl>
  );
}

function SpeedCard({ name, seconds, isOpenOnly }: { name: string; seconds: Seconds; isOpenOnly: boolean }) {
  const [median, p90] = isOpenOnly ? [seconds.medianOpen, seconds.p90Open] : [seconds.median, seconds.p90];
  return (
    <Card name={name} value={median === null ? "–" : span(median, "narrow")}>
      {p90 !== null && `${texts.p90} ${span(p90, "narrow")}`}
    </Card>
  );
}

function Card({
  name,
  value,
  className,
  children,
}: {
  name: string;
  value: string;
  className?: string;
  children: ReactNode;
}) {
  return (
    <div className={cn("grid content-start gap-1 rounded-l border border-line bg-surface p-4", className)}>
      <dt className="text-s text-soft">{name}</dt>
      <dd className="grid gap-1">
        <span className="text-xl leading-tight font-semibold tabular">{value}</span>
        <span className="text-xs text-soft">{children}</span>
      </dd>
    </div>
  );
}
