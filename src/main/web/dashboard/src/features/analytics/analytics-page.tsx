import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { ChartColumn, Download } from "lucide-react";
import { useState } from "react";

import { Button } from "@/components/ui/button";
import { late, LatePlace } from "@/components/ui/late";
import { Page } from "@/components/ui/page";
import { Empty, Failed, Skeleton, Waiting } from "@/components/ui/states";
import { dayAfter, startOfDay } from "@/features/analytics/calendar";
import { Breakdowns } from "@/features/analytics/breakdowns";
import { ChannelTable } from "@/features/analytics/channel-table";
import { Controls } from "@/features/analytics/controls";
import { FigureCards } from "@/features/analytics/figure-cards";
import { HeatMap } from "@/features/analytics/heat-map";
import { MissedByHour } from "@/features/analytics/missed-by-hour";
import { Promises } from "@/features/analytics/promises";
import { daysIn, intervalOf, periodBefore } from "@/features/analytics/range";
import { Steps } from "@/features/analytics/steps";
import { type Figures, type LeadFigures, texts } from "@/features/analytics/texts";
import { answered, api } from "@/lib/api";
import { mayWrite } from "@/lib/session";

const IntervalCharts = late(async () => (await import("@/features/analytics/interval-charts")).IntervalCharts);
const route = getRouteApi("/shell/analytics");

interface Asked {
  readonly from?: string;
  readonly to?: string;
  readonly funnel?: string;
}

function figuresQuery(query: Asked & { interval?: "week" | "month" }) {
  return {
    queryKey: ["analytics", query] as const,
    queryFn: ({ signal }: { signal: AbortSignal }) =>
      answered(api.GET("/api/analytics", { params: { query }, signal })),
    staleTime: 60_000,
  };
}

/** How well and how fast leads were answered. */
export function AnalyticsPage() {
  const search = route.useSearch();
  const [isOpenOnly, setOpenOnly] = useState(false);
  const interval = intervalOf(search);
  const figures = useQuery({
    ...figuresQuery({ ...search, ...(interval !== "day" && { interval }) }),
    placeholderData: keepPreviousData,
  });
  const funnel = search.funnel ? { funnel: search.funnel } : {};
  const before = useQuery({
    ...figuresQuery({ ...(figures.data && periodBefore(figures.data)), ...funnel }),
    enabled: figures.isSuccess && !figures.isPlaceholderData,
  });
  return (
    <Page
      wide
      title={texts.title}
      description={before.data && (daysIn(before.data) === 1 ? texts.beforeDay : texts.before(daysIn(before.data)))}
      actions={
        mayWrite() &&
        figures.data && (
          <Button asChild>
            <a href={exportAddress(search, figures.data)} download>
              <Download /> {texts.csv}
            </a>
          </Button>
        )
      }
    >
      <Controls search={search} isOpenOnly={isOpenOnly} onOpenOnly={setOpenOnly} />
      {figures.isPending ? (
        <Waiting rows={4} className="p-0" />
      ) : figures.isError ? (
        <Failed error={figures.error} retry={() => void figures.refetch()} />
      ) : figures.data.total.received + figures.data.total.held === 0 ? (
        <Empty icon={ChartColumn} title={texts.none}>
          <p>{texts.noneAbout}</p>
        </Empty>
      ) : (
        <div className="grid grid-cols-1 gap-5" aria-busy={figures.isPlaceholderData}>
          <All figures={figures.data} before={before.data?.total} asked={search} isOpenOnly={isOpenOnly} />
        </div>
      )}
    </Page>
  );
}

function All({
  figures,
  before,
  asked,
  isOpenOnly,
}: {
  figures: Figures;
  before: LeadFigures | undefined;
  asked: Asked;
  isOpenOnly: boolean;
}) {
  const { from, to, timeZone } = figures;
  const counted = { from, to, timeZone, ...(asked.funnel && { funnel: asked.funnel }) };
  return (
    <>
      <FigureCards total={figures.total} before={before} counted={counted} isOpenOnly={isOpenOnly} />
      <Steps total={figures.total} />
      <LatePlace fallback={<Skeleton className="h-72" />}>
        <IntervalCharts intervals={figures.intervals} interval={intervalOf({ from, to })} isOpenOnly={isOpenOnly} />
      </LatePlace>
      <Breakdowns figures={figures} counted={counted} isOpenOnly={isOpenOnly} />
      <div className="grid grid-cols-1 gap-5 lg:grid-cols-[2fr_1fr]">
        <HeatMap heatMap={figures.heatMap} timeZone={timeZone} />
        <MissedByHour missed={figures.missedByHour} />
      </div>
      <div className="grid grid-cols-1 gap-5 lg:grid-cols-2">
        <ChannelTable channels={figures.channels} />
        <Promises promises={figures.promise} />
      </div>
    </>
  );
}

/** The leads behind the figures: those days, as the business's calendar has them. */
function exportAddress(search: { funnel?: string }, { from, to, timeZone }: Figures): string {
  const query = new URLSearchParams({
    format: "csv",
    columns: "readable",
    bom: "true",
    from: startOfDay(from, timeZone).toISOString(),
    to: startOfDay(dayAfter(to), timeZone).toISOString(),
  });
  if (search.funnel) {
    query.set("funnel", search.funnel);
  }
  return `/api/messages/export?${query}`;
}
