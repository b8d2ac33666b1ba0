import { Panel } from "@/components/ui/page";
import { Empty } from "@/components/ui/states";
import { texts } from "@/features/analytics/texts";
import { number } from "@/lib/format";

const EVERY = 6;

/** At which hours leads come in that nobody acknowledges in time: a table for screen readers, bars for the eye. */
export function MissedByHour({ missed }: { missed: readonly number[] }) {
  const most = Math.max(...missed);
  const hour = (index: number) =>
    new Intl.DateTimeFormat(undefined, { hour: "numeric", timeZone: "UTC" }).format(new Date(index * 3_600_000));
  return (
    <Panel title={texts.missedByHour}>
      {most === 0 ? (
        <Empty title={texts.noneMissed} />
      ) : (
        <div className="relative p-4">
          <div aria-hidden className="flex h-32 items-end gap-0.5">
            {missed.map((count, index) => (
              <span
                key={index}
                title={`${hour(index)}: ${number(count)}`}
                className="flex-1 rounded-t-s bg-warn"
                style={{
                  height: count === 0 ? "1px" : `${Math.max(4, (100 * count) / most)}%`,
                  opacity: count === 0 ? 0.3 : 1,
                }}
              />
            ))}
          </div>
          <div aria-hidden className="mt-1 grid grid-cols-4 text-xs whitespace-nowrap text-soft">
            {missed.flatMap((_, index) => (index % EVERY === 0 ? [<span key={index}>{hour(index)}</span>] : []))}
          </div>
          <p className="mt-2 text-xs text-soft">{texts.missedByHourAbout}</p>
          <table className="sr-only">
            <caption>{texts.missedByHour}</caption>
            <thead>
              <tr>
                <th scope="col">{texts.hour}</th>
                <th scope="col">{texts.missed}</th>
              </tr>
            </thead>
            <tbody>
              {missed.map((count, index) => (
                <tr key={index}>
                  <th scope="row">{hour(index)}</th>
                  <td>{number(count)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </Panel>
  );
}
