import { Plus } from "lucide-react";

import { Button } from "@/components/ui/button";
import { Input } from "@/components/ui/field";
import { type Draft, draft, type Member, type RotaException } from "@/features/assignment/assignment";
import { SpanRow } from "@/features/assignment/span-row";
import { texts } from "@/features/assignment/texts";

/** What holds on single dates: another member, or nobody, such as on a holiday. */
export function ExceptionsEditor({
  exceptions,
  members,
  onChange,
  errorOf,
  disabled,
}: {
  exceptions: readonly Draft<RotaException>[];
  members: readonly Member[];
  onChange: (exceptions: readonly Draft<RotaException>[]) => void;
  errorOf: (index: number) => string | undefined;
  disabled: boolean;
}) {
  const replace = (span: Draft<RotaException>) =>
    onChange(exceptions.map((each) => (each.id === span.id ? span : each)));
  return (
    <div className="grid gap-4 p-4">
      {exceptions.length === 0 && <p className="text-s text-soft">{texts.noExceptions}</p>}
      {exceptions.map((exception, index) => {
        const name = texts.exception(index + 1);
        return (
          <SpanRow
            key={exception.id}
            span={exception}
            labels={{
              who: texts.who(name, 1),
              from: texts.from(name, 1),
              to: texts.to(name, 1),
              remove: texts.remove(name, 1),
            }}
            members={members}
            none={texts.nobody}
            error={errorOf(index)}
            disabled={disabled}
            before={
              <Input
                type="date"
                className="w-auto"
                aria-label={texts.date(index + 1)}
                value={exception.date}
                onChange={(event) => replace({ ...exception, date: event.target.value })}
              />
            }
            onChange={replace}
            onRemove={() => onChange(exceptions.filter((each) => each !== exception))}
          />
        );
      })}
      {!disabled && (
        <Button
          size="s"
          className="justify-self-start"
          onClick={() =>
            onChange([...exceptions, draft({ date: tomorrow(), from: "00:00", to: "24:00", memberId: null })])
          }
        >
          <Plus /> {texts.addException}
        </Button>
      )}
    </div>
  );
}

/** As the reader's calendar has it. */
function tomorrow(): string {
  const day = new Date();
  day.setDate(day.getDate() + 1);
  const two = (part: number) => String(part).padStart(2, "0");
  return `${day.getFullYear()}-${two(day.getMonth() + 1)}-${two(day.getDate())}`;
}
