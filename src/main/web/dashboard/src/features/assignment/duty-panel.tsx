import { Panel } from "@/components/ui/page";
import type { Rota } from "@/features/assignment/assignment";
import { texts } from "@/features/assignment/texts";
import { shortName } from "@/leads/names";
import { clock, moment } from "@/lib/format";

/** The time alone where it is today. */
const when = (at: string) => (new Date(at).toDateString() === new Date().toDateString() ? clock(at) : moment(at));

/** Who is on duty now and next, and which opening hours have nobody. */
export function DutyPanel({ rota: { onDuty, next, gaps } }: { rota: Rota }) {
  return (
    <Panel title={texts.duty}>
      <div className="grid gap-1 px-4 py-3">
        <p className="font-medium">
          {onDuty ? texts.dutyNow(shortName(onDuty.email), when(onDuty.until)) : texts.dutyNobody}
        </p>
        <p className="text-s text-soft">
          {next ? texts.dutyNext(shortName(next.email), when(next.from)) : texts.dutyNoNext}
        </p>
        {gaps.length > 0 && (
          <div role="status" className="mt-2 rounded-m bg-warn-soft p-3 text-s text-warn">
            <p>{texts.gaps}</p>
            <ul className="list-inside list-disc">
              {gaps.map((gap) => (
                <li key={`${gap.weekday} ${gap.from}`}>{texts.gap(gap)}</li>
              ))}
            </ul>
            <p>{texts.gapsAnswer}</p>
          </div>
        )}
      </div>
    </Panel>
  );
}
