import { Copy, Plus } from "lucide-react";
import type { ReactNode } from "react";

import { texts } from "@/components/texts";
import { Button } from "@/components/ui/button";
import { Menu, MenuItem } from "@/components/ui/menu";
import { weekday } from "@/lib/format";

const DAYS = [1, 2, 3, 4, 5, 6, 7] as const;
const WEEKDAYS = [1, 2, 3, 4, 5] as const;

/** Any number of spans on each day of a usual week; a day is copied to the others. On a phone the spans stand below the day. */
export function Week<Span extends { readonly weekday: number }>({
  spans,
  none,
  labels,
  isFixed,
  onAdd,
  onCopy,
  children,
}: {
  spans: readonly Span[];
  /** What a day without a span says. */
  none: string;
  labels: { readonly add: (day: string) => string; readonly copy: (day: string) => string };
  /** Nothing can be added or copied. */
  isFixed: boolean;
  onAdd: (day: number, ofDay: readonly Span[]) => void;
  onCopy: (from: number, to: readonly number[]) => void;
  children: (span: Span, day: string, place: number) => ReactNode;
}) {
  return (
    <ul className="divide-y divide-line">
      {DAYS.map((day) => {
        const ofDay = spans.filter((each) => each.weekday === day);
        const name = weekday(day);
        const copyTo = (days: readonly number[]) => onCopy(day, without(days, day));
        return (
          <li key={day} className="grid grid-cols-[1fr_auto] gap-x-4 gap-y-1 px-4 py-2.5 sm:grid-cols-[7rem_1fr_auto]">
            <h3 className="pt-2.5 text-s font-medium">{name}</h3>
            <div className="order-last col-span-2 grid min-w-0 grid-cols-1 gap-3 sm:order-none sm:col-span-1">
              {ofDay.length === 0 && <p className="text-s text-soft sm:pt-2.5">{none}</p>}
              {ofDay.map((span, index) => children(span, name, index + 1))}
            </div>
            {!isFixed && (
              <div className="flex items-start gap-1">
                <Button variant="quiet" size="icon" aria-label={labels.add(name)} onClick={() => onAdd(day, ofDay)}>
                  <Plus />
                </Button>
                <Menu
                  trigger={
                    <Button variant="quiet" size="icon" aria-label={labels.copy(name)}>
                      <Copy />
                    </Button>
                  }
                >
                  <MenuItem onSelect={() => copyTo(WEEKDAYS)}>{texts.toWeekdays}</MenuItem>
                  <MenuItem onSelect={() => copyTo(DAYS)}>{texts.toAllDays}</MenuItem>
                </Menu>
              </div>
            )}
          </li>
        );
      })}
    </ul>
  );
}

function without(days: readonly number[], day: number): readonly number[] {
  return days.filter((each) => each !== day);
}
