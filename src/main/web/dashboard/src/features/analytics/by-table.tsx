import { Panel } from "@/components/ui/page";
import { type LeadFigures, texts } from "@/features/analytics/texts";
import { number, percent, span } from "@/lib/format";

interface Row extends LeadFigures {
  readonly key: string;
  readonly name: string;
}

/** The same figures, side by side for what they are told apart by. */
export function ByTable({ title, rows, isOpenOnly }: { title: string; rows: readonly Row[]; isOpenOnly: boolean }) {
  return (
    <Panel title={title}>
      <div className="overflow-x-auto" tabIndex={0} role="region" aria-label={title}>
        <table className="w-full text-s tabular">
          <thead>
            <tr className="text-soft">
              <td />
              {[texts.received, texts.acknowledged, texts.toAcknowledge].map((each) => (
                <th key={each} scope="col" className="px-4 py-2 text-end font-normal">
                  {each}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map(({ key, name, received, acknowledgementRate, secondsToAcknowledge }) => {
              const median = isOpenOnly ? secondsToAcknowledge.medianOpen : secondsToAcknowledge.median;
              return (
                <tr key={key} className="border-t border-line">
                  <th scope="row" className="px-4 py-2 text-start font-medium">
                    {name}
                  </th>
                  <td className="px-4 py-2 text-end">{number(received)}</td>
                  <td className="px-4 py-2 text-end">
                    {acknowledgementRate === null ? "–" : percent(acknowledgementRate)}
                  </td>
                  <td className="px-4 py-2 text-end">{median === null ? "–" : span(median)}</td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
    </Panel>
  );
}
