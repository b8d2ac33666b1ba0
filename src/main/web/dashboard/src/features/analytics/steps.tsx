import { Panel } from "@/components/ui/page";
import { type LeadFigures, texts } from "@/features/analytics/texts";
import { number, percent } from "@/lib/format";

/** How many leads got how far, from the form to a talk. */
export function Steps({ total }: { total: LeadFigures }) {
  const steps = [
    [texts.received, total.received],
    [texts.notified, total.notified],
    [texts.acknowledged, total.acknowledged],
    [texts.reached, total.reached],
  ] as const;
  const most = Math.max(1, total.received);
  return (
    <Panel title={texts.steps}>
      <ol className="grid grid-cols-2 gap-x-3 gap-y-4 p-4 sm:grid-cols-4">
        {steps.map(([name, count]) => (
          <li key={name} className="grid gap-1">
            <span className="text-s text-soft">{name}</span>
            <span className="flex flex-wrap items-baseline gap-x-2 tabular">
              <span className="text-l font-semibold">{number(count)}</span>
              {name !== texts.received && (
                <span className="text-xs text-soft">
                  {percent(count / most, 0)}
                  <span className="sr-only"> {texts.ofReceivedShort}</span>
                </span>
              )}
            </span>
            <span aria-hidden className="h-2 overflow-hidden rounded-full bg-sunken">
              <span className="block h-full rounded-full bg-accent" style={{ width: `${(100 * count) / most}%` }} />
            </span>
          </li>
        ))}
      </ol>
    </Panel>
  );
}
