import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { ChartColumn, Download } from "lucide-react";
import { useState } from "react";

import { Button } from "@/components/ui/button";
import { late, LatePlace } from "@/components/ui/late";
import { Page } from "@/components/ui/page";
import { Empty, Failed, Skeleton, Waiting } from "@/components/ui/states";
import { ByTable } from "@/features/analytics/by-table";
import { dayAfter, startOfDay } from "@/features/analytics/calendar";
import { ChannelTable } from "@/features/analytics/channel-table";
import { Controls } from "@/features/analytics/controls";
import { FigureCards } from "@/features/analytics/figure-cards";
import { HeatMap } from "@/features/analytics/heat-map";
import { Promises } from "@/features/analytics/promises";
import { type Figures, texts } from "@/features/analytics/texts";
import { leadTexts } from "@/leads/texts";
import { answered, api } from "@/lib/api";
import { mayWrite } from "@/lib/session";

const DayCharts = late(async () => (await import("@/features/analytics/day-charts")).DayCharts);
const route = getRouteApi("/shell/analytics");

/** How well and how fast leads were answered. */
export function AnalyticsPage() {
  const search = route.useSearch();
  const [isOpenOnly, setOpenOnly] = useState(false);
  const figures = useQuery({
    queryKey: ["analytics", search] as const,
    queryFn: ({ signal }) => answered(api.GET("/api/analytics", { params: { query: search }, signal })),
    placeholderData: keepPreviousData,
    staleTime: 60_000,
  });
  return (
    <Page
      wide
      title={texts.title}
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
          <All figures={figures.data} isOpenOnly={isOpenOnly} />
        </div>
      )}
    </Page>
  );
}

function All({ figures, isOpenOnly }: { figures: Figures; isOpenOnly: boolean }) {
  return (
    <>
      <FigureCards total={figures.total} isOpenOnly={isOpenOnly} />
      <LatePlace fallback={<Skeleton className="h-72" />}>
        <DayCharts days={figures.days} isOpenOnly={isOpenOnly} />
      </LatePlace>
      <HeatMap heatMap={figures.heatMap} timeZone={figures.timeZone} />
      <div className="grid grid-cols-1 gap-5 lg:grid-cols-2">
        <ChannelTable channels={figures.channels} />
        <Promises promises={figures.promise} />
      </div>
      <div className="grid grid-cols-1 gap-5 lg:grid-cols-2">
        <ByTable
          title={texts.priorities}
          isOpenOnly={isOpenOnly}
          rows={figures.priorities.map((each) => ({
            ...each,
            key: each.priority,
            name: leadTexts.priorities[each.priority],
          }))}
        />
        <ByTable
          title={texts.funnels}
          isOpenOnly={isOpenOnly}
          rows={figures.funnels.map((each) => ({
            ...each,
            key: each.funnelId ?? "gone",
            name: each.name ?? "A funnel that is gone",
          }))}
        />
      </div>
    </>
  );
}

/** The leads behind the figures: those days, as the business's calendar has them. */
function exportAddress(search: { funnel?: string }, { from, to, timeZone }: Figures): string {
  const query = new URLSearchParams({
    format: "csv",
    bom: "true",
    from: startOfDay(from, timeZone).toISOString(),
    to: startOfDay(dayAfter(to), timeZone).toISOString(),
  });
  if (search.funnel) {
    query.set("funnel", search.funnel);
  }
  return `/api/messages/export?${query}`;
}
