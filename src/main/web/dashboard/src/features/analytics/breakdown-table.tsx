import type { ReactNode } from "react";

import { Panel } from "@/components/ui/page";
import { type Counted, LeadsLink } from "@/features/analytics/leads-link";
import { type Breakdown, type LeadFigures, shareOnTime, texts } from "@/features/analytics/texts";
import type { InboxSearch } from "@/features/inbox";
import { cn } from "@/lib/cn";
import { number, percent, span } from "@/lib/format";

interface Row extends Omit<Breakdown, "source"> {
  readonly key: string;
  readonly name: string;
  /** What finds these leads in the inbox; undefined where no filter does. */
  readonly only?: InboxSearch | undefined;
  readonly secondsToAcknowledge?: LeadFigures["secondsToAcknowledge"];
}

/** The same numbers for each person, source or whatever tells leads apart; the bars compare how many there are. */
export function BreakdownTable({
  title,
  rows,
  counted,
  isOpenOnly,
  note,
}: {
  title: string;
  rows: readonly Row[];
  counted: Counted;
  isOpenOnly: boolean;
  note?: string;
}) {
  const most = Math.max(1, ...rows.map(({ received }) => received));
  const hasTimes = rows.some(({ secondsToAcknowledge }) => secondsToAcknowledge);
  // A phone has room for three numbers beside a name.
  const spare = hasTimes ? "max-sm:hidden" : "";
  const columns = [
    [texts.leads, ""],
    [texts.onTime, ""],
    [texts.reached, spare],
    ...(hasTimes ? [[texts.medianTime, ""] as const] : []),
  ] as const;
  return (
    <Panel title={title}>
      <div className="overflow-x-auto p-2" tabIndex={0} role="region" aria-label={title}>
        <table className="w-full text-s tabular">
          <thead>
            <tr className="text-xs text-soft">
              <td />
              {columns.map(([each, className]) => (
                <th
                  key={each}
                  scope="col"
                  className={cn("px-2 py-1.5 text-end font-normal whitespace-nowrap", className)}
                >
                  {each}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => {
              const { secondsToAcknowledge: seconds, received } = row;
              const median = isOpenOnly ? seconds?.medianOpen : seconds?.median;
              return (
                <tr key={row.key}>
                  <th scope="row" className="w-full min-w-28 p-0.5 text-start font-normal">
                    <span className="relative block px-2 py-1.5">
                      <span
                        aria-hidden
                        className="absolute inset-y-0 start-0 rounded-s bg-accent-soft"
                        style={{ width: `${(100 * received) / most}%` }}
                      />
                      <span className="relative">{row.name}</span>
                    </span>
                  </th>
                  <Cell>
                    {row.only ? (
                      <LeadsLink counted={counted} only={row.only}>
                        {number(received)}
                      </LeadsLink>
                    ) : (
                      number(received)
                    )}
                  </Cell>
                  <Cell>{share(shareOnTime(row))}</Cell>
                  <Cell className={spare}>{share(received === 0 ? null : row.reached / received)}</Cell>
                  {hasTimes && <Cell>{median === null || median === undefined ? "–" : span(median)}</Cell>}
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
      {note && <p className="px-4 pb-4 text-xs text-soft">{note}</p>}
    </Panel>
  );
}

function Cell({ className, children }: { className?: string; children: ReactNode }) {
  return <td className={cn("px-2 py-1.5 text-end whitespace-nowrap", className)}>{children}</td>;
}

function share(value: number | null): string {
  return value === null ? "–" : percent(value, 0);
}
