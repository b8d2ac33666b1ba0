import {
  Bar,
  BarChart,
  CartesianGrid,
  Legend,
  Line,
  LineChart,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
} from "recharts";

import { Empty } from "@/components/ui/states";
import { ChartFrame } from "@/features/analytics/chart-frame";
import { type Figures, texts } from "@/features/analytics/texts";
import { ticks } from "@/features/analytics/ticks";
import { number, span } from "@/lib/format";

const HEIGHT = 240;
const AXIS = { stroke: "var(--line)", tick: { fill: "var(--ink-soft)", fontSize: 12 }, tickLine: false } as const;
const TIP = {
  contentStyle: {
    background: "var(--surface)",
    border: "1px solid var(--line)",
    borderRadius: "var(--radius-m)",
    color: "var(--ink)",
    fontSize: 13,
  },
  cursor: { fill: "var(--sunken)", stroke: "var(--line)" },
} as const;
const LEGEND = { wrapperStyle: { fontSize: 13 }, iconSize: 8, iconType: "circle" } as const;

/** Over time: how many came in and were taken on, and how long that took. */
export function IntervalCharts({
  intervals,
  interval,
  isOpenOnly,
}: {
  intervals: Figures["intervals"];
  interval: "day" | "week" | "month";
  isOpenOnly: boolean;
}) {
  const format = new Intl.DateTimeFormat(undefined, {
    ...(interval === "month" ? { month: "short", year: "2-digit" } : { day: "numeric", month: "short" }),
    timeZone: "UTC",
  });
  const rows = intervals.map(({ from, received, acknowledged, secondsToAcknowledge: seconds }) => ({
    name: format.format(new Date(`${from}T00:00Z`)),
    received,
    acknowledged,
    open: received - acknowledged,
    median: isOpenOnly ? seconds.medianOpen : seconds.median,
    slowest: isOpenOnly ? seconds.p90Open : seconds.p90,
  }));
  const known = rows.filter((each) => each.median !== null).length;
  const lengths = ticks(Math.max(0, ...rows.map((each) => each.slowest ?? 0)));
  const named = { name: texts.intervals[interval], cells: rows.map((each) => each.name) };
  return (
    <div className="grid grid-cols-1 gap-5 xl:grid-cols-2">
      <ChartFrame
        title={texts.perInterval[interval]}
        columns={[
          named,
          { name: texts.received, cells: rows.map((each) => number(each.received)) },
          { name: texts.acknowledged, cells: rows.map((each) => number(each.acknowledged)) },
        ]}
      >
        <ResponsiveContainer width="100%" height={HEIGHT}>
          <BarChart data={rows} margin={{ left: -16, right: 4, top: 8 }} accessibilityLayer>
            <CartesianGrid vertical={false} stroke="var(--line)" />
            <XAxis dataKey="name" {...AXIS} minTickGap={24} />
            <YAxis allowDecimals={false} {...AXIS} axisLine={false} />
            <Tooltip {...TIP} />
            <Legend {...LEGEND} />
            <Bar
              dataKey="acknowledged"
              name={texts.acknowledged}
              stackId="leads"
              fill="var(--accent)"
              isAnimationActive={false}
            />
            <Bar
              dataKey="open"
              name={texts.notAcknowledged}
              stackId="leads"
              fill="var(--warn)"
              isAnimationActive={false}
            />
          </BarChart>
        </ResponsiveContainer>
      </ChartFrame>
      <ChartFrame
        title={texts.speedPerInterval[interval]}
        columns={[
          named,
          { name: texts.median, cells: rows.map((each) => inWords(each.median)) },
          { name: texts.p90, cells: rows.map((each) => inWords(each.slowest)) },
        ]}
      >
        {known === 0 ? (
          <Empty title={texts.noneAcknowledged} className="min-h-60 content-center" />
        ) : (
          <ResponsiveContainer width="100%" height={HEIGHT}>
            <LineChart data={rows} margin={{ left: 0, right: 8, top: 8 }} accessibilityLayer>
              <CartesianGrid vertical={false} stroke="var(--line)" />
              <XAxis dataKey="name" {...AXIS} minTickGap={24} />
              <YAxis
                {...AXIS}
                axisLine={false}
                domain={[0, lengths.at(-1)!]}
                ticks={lengths}
                tickFormatter={(value: number) => (value === 0 ? "0" : span(value))}
                width={64}
              />
              <Tooltip {...TIP} formatter={(value) => inWords(typeof value === "number" ? value : null)} />
              <Legend {...LEGEND} />
              <Line
                type="linear"
                dataKey="slowest"
                name={texts.p90}
                stroke="var(--edge)"
                strokeWidth={1.5}
                dot={false}
                connectNulls
                isAnimationActive={false}
              />
              <Line
                type="linear"
                dataKey="median"
                name={texts.median}
                stroke="var(--accent)"
                strokeWidth={2}
                dot={known === 1 && { r: 3 }}
                connectNulls
                isAnimationActive={false}
              />
            </LineChart>
          </ResponsiveContainer>
        )}
      </ChartFrame>
    </div>
  );
}

function inWords(seconds: number | null): string {
  return seconds === null ? "–" : span(seconds);
}
