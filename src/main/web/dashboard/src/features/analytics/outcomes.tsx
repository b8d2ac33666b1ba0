import { Panel } from "@/components/ui/page";
import { type Counted, LeadsLink } from "@/features/analytics/leads-link";
import { type Figures, texts } from "@/features/analytics/texts";
import { leadTexts } from "@/leads/texts";
import { number, percent } from "@/lib/format";

/** What came of the calls. */
export function Outcomes({ outcomes, counted }: { outcomes: Figures["outcomes"]; counted: Counted }) {
  const all = outcomes.reduce((sum, { received }) => sum + received, 0);
  return (
    <Panel title={texts.outcomes}>
      <ul className="grid gap-1 p-3 text-s">
        {outcomes.map(({ outcome, received }) => (
          <li key={outcome} className="relative flex justify-between gap-4 px-2 py-1.5">
            <span
              aria-hidden
              className="absolute inset-y-0 start-0 rounded-s bg-accent-soft"
              style={{ width: `${(100 * received) / Math.max(1, all)}%` }}
            />
            <span className="relative">{outcome === null ? texts.noOutcome : leadTexts.outcomes[outcome]}</span>
            <span className="relative flex gap-3 whitespace-nowrap tabular">
              <LeadsLink counted={counted} only={{ outcome: outcome ?? "none" }}>
                {number(received)}
              </LeadsLink>
              <span className="w-10 text-end text-soft">{percent(received / Math.max(1, all), 0)}</span>
            </span>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
