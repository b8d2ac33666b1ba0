import { Copy, Plus } from "lucide-react";

import { Button } from "@/components/ui/button";
import { Menu, MenuItem } from "@/components/ui/menu";
import { copyShifts, type Draft, type Member, nextShift, type Shift } from "@/features/assignment/assignment";
import { SpanRow } from "@/features/assignment/span-row";
import { texts } from "@/features/assignment/texts";
import { weekday } from "@/lib/format";

const DAYS = [1, 2, 3, 4, 5, 6, 7] as const;
const WEEKDAYS = [1, 2, 3, 4, 5] as const;

/** Who is on duty in a usual week, day by day: on a phone, too. */
export function RotaEditor({
  shifts,
  members,
  onChange,
  errorOf,
  disabled,
}: {
  shifts: readonly Draft<Shift>[];
  members: readonly Member[];
  onChange: (shifts: readonly Draft<Shift>[]) => void;
  errorOf: (index: number) => string | undefined;
  disabled: boolean;
}) {
  const first = members[0]?.id;
  const replace = (span: Draft<Shift>) => onChange(shifts.map((each) => (each.id === span.id ? span : each)));
  return (
    <ul className="divide-y divide-line">
      {DAYS.map((day) => {
        const ofDay = shifts.filter((each) => each.weekday === day);
        const name = weekday(day);
        return (
          <li key={day} className="grid grid-cols-[1fr_auto] gap-x-4 gap-y-1 px-4 py-2.5 sm:grid-cols-[7rem_1fr_auto]">
            <h3 className="pt-2.5 text-s font-medium">{name}</h3>
            <div className="order-last col-span-2 grid min-w-0 grid-cols-1 gap-3 sm:order-none sm:col-span-1">
              {ofDay.length === 0 && <p className="text-s text-soft sm:pt-2.5">{texts.noShift}</p>}
              {ofDay.map((shift, index) => (
                <SpanRow
                  key={shift.id}
                  span={shift}
                  labels={{
                    who: texts.who(name, index + 1),
                    from: texts.from(name, index + 1),
                    to: texts.to(name, index + 1),
                    remove: texts.remove(name, index + 1),
                  }}
                  members={members}
                  error={errorOf(shifts.indexOf(shift))}
                  disabled={disabled}
                  onChange={(span) => replace({ ...span, memberId: span.memberId ?? shift.memberId })}
                  onRemove={() => onChange(shifts.filter((each) => each !== shift))}
                />
              ))}
            </div>
            {!disabled && first !== undefined && (
              <div className="flex items-start gap-1">
                <Button
                  variant="quiet"
                  size="icon"
                  aria-label={texts.addShift(name)}
                  onClick={() => onChange([...shifts, nextShift(shifts, day, ofDay.at(-1)?.memberId ?? first)])}
                >
                  <Plus />
                </Button>
                <Menu
                  trigger={
                    <Button variant="quiet" size="icon" aria-label={texts.copy(name)}>
                      <Copy />
                    </Button>
                  }
                >
                  <MenuItem onSelect={() => onChange(copyShifts(shifts, day, without(WEEKDAYS, day)))}>
                    {texts.toWeekdays}
                  </MenuItem>
                  <MenuItem onSelect={() => onChange(copyShifts(shifts, day, without(DAYS, day)))}>
                    {texts.toAll}
                  </MenuItem>
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
