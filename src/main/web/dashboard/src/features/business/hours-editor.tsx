import { Copy, Plus, X } from "lucide-react";

import { Button } from "@/components/ui/button";
import { Input } from "@/components/ui/field";
import { Menu, MenuItem } from "@/components/ui/menu";
import { addSpan, asClock, asClosing, copyDay, endsNextDay, type Span } from "@/features/business/settings";
import { texts } from "@/features/business/texts";
import { weekday } from "@/lib/format";

const DAYS = [1, 2, 3, 4, 5, 6, 7] as const;
const WEEKDAYS = [1, 2, 3, 4, 5] as const;

/** What the spans are, and with which the first of a day begins. */
export interface HoursWords {
  readonly none: string;
  readonly opens: (day: string, index: number) => string;
  readonly closes: (day: string, index: number) => string;
  readonly add: (day: string) => string;
  readonly remove: (day: string, index: number) => string;
  readonly copy: (day: string) => string;
  readonly first: readonly [string, string];
}

/** Any number of spans on each day: when the business is open, or when it is quiet. */
export function HoursEditor({
  hours,
  onChange,
  errorOf,
  disabled,
  words = texts.openHours,
}: {
  hours: readonly Span[];
  onChange: (hours: readonly Span[]) => void;
  errorOf: (span: Span) => string | undefined;
  disabled: boolean;
  words?: HoursWords;
}) {
  const change = (id: number, part: Partial<Span>) =>
    onChange(hours.map((each) => (each.id === id ? { ...each, ...part } : each)));
  return (
    <ul className="divide-y divide-line">
      {DAYS.map((day) => {
        const spans = hours.filter((each) => each.weekday === day);
        const name = weekday(day);
        return (
          <li key={day} className="grid grid-cols-[1fr_auto] gap-x-4 gap-y-1 px-4 py-2.5 sm:grid-cols-[7rem_1fr_auto]">
            <h3 className="pt-2.5 text-s font-medium">{name}</h3>
            <div className="order-last col-span-2 grid min-w-0 grid-cols-1 gap-2 sm:order-none sm:col-span-1">
              {spans.length === 0 && <p className="text-s text-soft sm:pt-2.5">{words.none}</p>}
              {spans.map((span, index) => (
                <SpanRow
                  key={span.id}
                  span={span}
                  labels={{
                    opens: words.opens(name, index + 1),
                    closes: words.closes(name, index + 1),
                    remove: words.remove(name, index + 1),
                  }}
                  error={errorOf(span)}
                  disabled={disabled}
                  onChange={(part) => change(span.id, part)}
                  onRemove={() => onChange(hours.filter((each) => each !== span))}
                />
              ))}
            </div>
            {!disabled && (
              <div className="flex items-start gap-1">
                <Button
                  variant="quiet"
                  size="icon"
                  aria-label={words.add(name)}
                  onClick={() => onChange(addSpan(hours, day, words.first))}
                >
                  <Plus />
                </Button>
                <Menu
                  trigger={
                    <Button variant="quiet" size="icon" aria-label={words.copy(name)}>
                      <Copy />
                    </Button>
                  }
                >
                  <MenuItem onSelect={() => onChange(copyDay(hours, day, without(WEEKDAYS, day)))}>
                    {texts.toWeekdays}
                  </MenuItem>
                  <MenuItem onSelect={() => onChange(copyDay(hours, day, without(DAYS, day)))}>{texts.toAll}</MenuItem>
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

/** One span: from when until when. */
export function SpanRow({
  span,
  labels,
  error,
  disabled,
  onChange,
  onRemove,
}: {
  span: Span;
  labels: { readonly opens: string; readonly closes: string; readonly remove: string };
  error: string | undefined;
  disabled: boolean;
  onChange: (part: Partial<Span>) => void;
  onRemove: () => void;
}) {
  const wrong = error ? { "aria-invalid": true as const, "aria-describedby": `span-${span.id}` } : {};
  return (
    <div className="grid grid-cols-1 gap-1">
      <div className="flex items-center gap-1 sm:gap-2">
        <Input
          type="time"
          className="max-w-34 min-w-0 flex-1 px-1.5 sm:px-3"
          aria-label={labels.opens}
          disabled={disabled}
          value={span.opens}
          onChange={(event) => onChange({ opens: event.target.value })}
          {...wrong}
        />
        <span aria-hidden className="text-s text-soft">
          {texts.until}
        </span>
        <Input
          type="time"
          className="max-w-34 min-w-0 flex-1 px-1.5 sm:px-3"
          aria-label={labels.closes}
          disabled={disabled}
          value={asClock(span.closes)}
          onChange={(event) => onChange({ closes: asClosing(event.target.value) })}
          {...wrong}
        />
        {!disabled && (
          <Button variant="quiet" size="icon-s" aria-label={labels.remove} onClick={onRemove}>
            <X />
          </Button>
        )}
      </div>
      {endsNextDay(span) && <p className="text-xs text-soft">{texts.nextDay}</p>}
      {error && (
        <p id={`span-${span.id}`} role="alert" className="text-s text-danger">
          {error}
        </p>
      )}
    </div>
  );
}
