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
import { number, span } from "@/lib/format";

const HEIGHT = 260;
const MOST_DOTS = 31;
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

/** Day by day: how many came in and were taken on, and how long that took. */
export function DayCharts({ days, isOpenOnly }: { days: Figures["days"]; isOpenOnly: boolean }) {
  const label = (value: string) =>
    new Intl.DateTimeFormat(undefined, { day: "numeric", month: "short", timeZone: "UTC" }).format(
      new Date(`${value}T00:00Z`),
    );
  const rows = days.map(({ day, received, acknowledged, secondsToAcknowledge: seconds }) => ({
    day: label(day),
    received,
    acknowledged,
    minutes: minutes(isOpenOnly ? seconds.medianOpen : seconds.median),
    slowest: minutes(isOpenOnly ? seconds.p90Open : seconds.p90),
  }));
  const known = rows.filter((each) => each.minutes !== null).length;
  // A day with none on either side is a point and no line.
  const dot = known <= MOST_DOTS && { r: 2.5 };
  const named = { name: "Day", cells: rows.map((each) => each.day) };
  return (
    <div className="grid grid-cols-1 gap-5 xl:grid-cols-2">
      <ChartFrame
        title={texts.perDay}
        columns={[
          named,
          { name: texts.received, cells: rows.map((each) => number(each.received)) },
          { name: texts.acknowledged, cells: rows.map((each) => number(each.acknowledged)) },
        ]}
      >
        <ResponsiveContainer width="100%" height={HEIGHT}>
          <BarChart data={rows} margin={{ left: -16, right: 4, top: 4 }} accessibilityLayer>
            <CartesianGrid vertical={false} stroke="var(--line)" />
            <XAxis dataKey="day" {...AXIS} minTickGap={24} />
            <YAxis allowDecimals={false} {...AXIS} axisLine={false} />
            <Tooltip {...TIP} />
            <Legend wrapperStyle={{ fontSize: 13 }} />
            <Bar
              dataKey="received"
              name={texts.received}
              fill="var(--edge)"
              radius={[3, 3, 0, 0]}
              isAnimationActive={false}
            />
            <Bar
              dataKey="acknowledged"
              name={texts.acknowledged}
              fill="var(--accent)"
              radius={[3, 3, 0, 0]}
              isAnimationActive={false}
            />
          </BarChart>
        </ResponsiveContainer>
      </ChartFrame>
      <ChartFrame
        title={texts.speedPerDay}
        columns={[
          named,
          { name: texts.median, cells: rows.map((each) => inWords(each.minutes)) },
          { name: texts.p90, cells: rows.map((each) => inWords(each.slowest)) },
        ]}
      >
        {known === 0 ? (
          <Empty title={texts.noneAcknowledged} className="min-h-65 content-center" />
        ) : (
          <ResponsiveContainer width="100%" height={HEIGHT}>
            <LineChart data={rows} margin={{ left: -4, right: 8, top: 4 }} accessibilityLayer>
              <CartesianGrid vertical={false} stroke="var(--line)" />
              <XAxis dataKey="day" {...AXIS} minTickGap={24} />
              <YAxis
                {...AXIS}
                axisLine={false}
                tickFormatter={(value: number) => span(value * 60, "narrow")}
                width={56}
              />
              <Tooltip {...TIP} formatter={(value) => inWords(typeof value === "number" ? value : null)} />
              <Legend wrapperStyle={{ fontSize: 13 }} />
              <Line
                type="monotone"
                dataKey="minutes"
                name={texts.median}
                stroke="var(--accent)"
                strokeWidth={2}
                dot={dot}
                isAnimationActive={false}
              />
              <Line
                type="monotone"
                dataKey="slowest"
                name={texts.p90}
                stroke="var(--warn)"
                strokeWidth={2}
                strokeDasharray="5 4"
                dot={dot}
                isAnimationActive={false}
              />
            </LineChart>
          </ResponsiveContainer>
        )}
      </ChartFrame>
    </div>
  );
}

function minutes(seconds: number | null): number | null {
  return seconds === null ? null : seconds / 60;
}

function inWords(value: number | null): string {
  return value === null ? "–" : span(value * 60, "narrow");
}
