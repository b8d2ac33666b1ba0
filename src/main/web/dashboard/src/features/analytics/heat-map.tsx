import { Panel } from "@/components/ui/page";
import { texts } from "@/features/analytics/texts";
import { number } from "@/lib/format";

const MONDAY = new Date("2026-01-05T00:00Z");
const EVERY = 3;

/** Leads by weekday and hour: a table whose cells have a colour as well. */
export function HeatMap({ heatMap, timeZone }: { heatMap: readonly (readonly number[])[]; timeZone: string }) {
  const most = Math.max(1, ...heatMap.flat());
  const weekday = (index: number, weekday: "short" | "long") =>
    new Intl.DateTimeFormat(undefined, { weekday, timeZone: "UTC" }).format(
      new Date(MONDAY.getTime() + index * 86_400_000),
    );
  const hour = (index: number) =>
    new Intl.DateTimeFormat(undefined, { hour: "numeric", timeZone: "UTC" }).format(
      new Date(MONDAY.getTime() + index * 3_600_000),
    );
  return (
    <Panel title={texts.hours} actions={<span className="text-xs text-soft">{timeZone}</span>}>
      <div className="relative overflow-x-auto p-3 sm:p-4" tabIndex={0} role="region" aria-label={texts.hours}>
        <table className="w-full min-w-160 table-fixed border-separate border-spacing-0.5 text-xs">
          <thead>
            <tr>
              <td className="w-10" />
              {Array.from({ length: 24 }, (_, index) => (
                <th key={index} scope="col" className="text-start font-normal whitespace-nowrap text-soft">
                  {index % EVERY === 0 ? hour(index) : <span className="sr-only">{hour(index)}</span>}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {heatMap.map((hours, index) => (
              <tr key={index}>
                <th scope="row" className="pe-2 text-start font-normal whitespace-nowrap text-soft">
                  {weekday(index, "short")}
                </th>
                {hours.map((count, at) => (
                  <td
                    key={at}
                    title={`${weekday(index, "long")}, ${hour(at)}: ${number(count)}`}
                    className="relative h-7 rounded-s bg-sunken p-0"
                  >
                    <span
                      aria-hidden
                      className="absolute inset-0 rounded-s bg-accent"
                      // The root makes small counts visible beside great ones.
                      style={{ opacity: count === 0 ? 0 : 0.15 + 0.85 * Math.sqrt(count / most) }}
                    />
                    <span className="sr-only">{number(count)}</span>
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Panel>
  );
}
