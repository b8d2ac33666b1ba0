import { Check, Minus, X } from "lucide-react";

import { Panel } from "@/components/ui/page";
import { type Figures, texts } from "@/features/analytics/texts";
import { cn } from "@/lib/cn";
import { percent, span } from "@/lib/format";

/** What the business and this service promised, and what came of it. */
export function Promises({ promises }: { promises: Figures["promise"] }) {
  return (
    <Panel title={texts.promises}>
      <ul className="divide-y divide-line text-s">
        {promises.map(({ name, unit, target, actual, kept }) => {
          const show = (value: number) => (unit === "share" ? percent(value, 2) : span(value));
          const Icon = kept === null ? Minus : kept ? Check : X;
          return (
            <li key={name} className="flex items-center gap-3 px-4 py-2.5">
              <span
                className={cn(
                  "grid size-6 shrink-0 place-items-center rounded-full",
                  kept === null
                    ? "bg-sunken text-soft"
                    : kept
                      ? "bg-accent-soft text-accent-strong"
                      : "bg-danger-soft text-danger",
                )}
              >
                <Icon className="size-3.5" aria-hidden />
                <span className="sr-only">
                  {kept === null ? texts.nothingKnown : kept ? texts.kept : texts.notKept}
                </span>
              </span>
              <span className="min-w-0 flex-1">{texts.promiseNames[name]}</span>
              <span className="text-end tabular">
                <span className="block font-medium">{actual === null ? "–" : show(actual)}</span>
                <span className="block text-xs text-soft">
                  {unit === "share" ? "at least" : "below"} {show(target)}
                </span>
              </span>
            </li>
          );
        })}
      </ul>
    </Panel>
  );
}
