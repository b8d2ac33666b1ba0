import { ArrowDown, ArrowUp } from "lucide-react";

import { texts } from "@/features/analytics/texts";
import { cn } from "@/lib/cn";
import { number, percent } from "@/lib/format";

/** Below this share a change is noise. */
const LEAST = 0.005;

/**
 * How a number differs from the one of the period before. A share changes by points, everything else by per cent. Only what is clearly good or
 * bad has a colour.
 */
export function Change({
  now,
  before,
  unit = "count",
  better = "neither",
}: {
  now: number | null;
  before: number | null | undefined;
  unit?: "count" | "share";
  better?: "more" | "less" | "neither";
}) {
  if (now === null || before === null || before === undefined || (unit === "count" && before === 0)) {
    return null;
  }
  const change = unit === "share" ? now - before : now / before - 1;
  if (Math.abs(change) < LEAST) {
    return <span className="text-xs text-soft">{texts.unchanged}</span>;
  }
  const isMore = change > 0;
  const Arrow = isMore ? ArrowUp : ArrowDown;
  const size =
    unit === "share" ? texts.points(number(Math.round(Math.abs(change) * 100))) : percent(Math.abs(change), 0);
  const isBetter = better !== "neither" && isMore === (better === "more");
  return (
    <span
      className={cn(
        "inline-flex items-center gap-0.5 text-xs whitespace-nowrap",
        better === "neither" ? "text-soft" : isBetter ? "text-accent-strong" : "text-warn",
      )}
    >
      <Arrow className="size-3.5" aria-hidden />
      <span className="sr-only">{isMore ? texts.up : texts.down} </span>
      {size}
    </span>
  );
}
