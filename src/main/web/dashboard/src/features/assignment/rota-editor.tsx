import { Week } from "@/components/week";
import { copyShifts, type Draft, type Member, nextShift, type Shift } from "@/features/assignment/assignment";
import { SpanRow } from "@/features/assignment/span-row";
import { texts } from "@/features/assignment/texts";

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
    <Week
      spans={shifts}
      none={texts.noShift}
      labels={{ add: texts.addShift, copy: texts.copy }}
      isFixed={disabled || first === undefined}
      onAdd={(day, ofDay) => onChange([...shifts, nextShift(shifts, day, ofDay.at(-1)?.memberId ?? first!)])}
      onCopy={(from, to) => onChange(copyShifts(shifts, from, to))}
    >
      {(shift, day, place) => (
        <SpanRow
          key={shift.id}
          span={shift}
          labels={{
            who: texts.who(day, place),
            from: texts.from(day, place),
            to: texts.to(day, place),
            remove: texts.remove(day, place),
          }}
          members={members}
          error={errorOf(shifts.indexOf(shift))}
          disabled={disabled}
          onChange={(span) => replace({ ...span, memberId: span.memberId ?? shift.memberId })}
          onRemove={() => onChange(shifts.filter((each) => each !== shift))}
        />
      )}
    </Week>
  );
}
