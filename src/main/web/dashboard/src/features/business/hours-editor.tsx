import { X } from "lucide-react";

import { Button } from "@/components/ui/button";
import { Input } from "@/components/ui/field";
import { Week } from "@/components/week";
import { addSpan, asClock, asClosing, copyDay, endsNextDay, type Span } from "@/features/business/settings";
import { texts } from "@/features/business/texts";

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
    <Week
      spans={hours}
      none={words.none}
      labels={words}
      isFixed={disabled}
      onAdd={(day) => onChange(addSpan(hours, day, words.first))}
      onCopy={(from, to) => onChange(copyDay(hours, from, to))}
    >
      {(span, day, place) => (
        <SpanRow
          key={span.id}
          span={span}
          labels={{
            opens: words.opens(day, place),
            closes: words.closes(day, place),
            remove: words.remove(day, place),
          }}
          error={errorOf(span)}
          disabled={disabled}
          onChange={(part) => change(span.id, part)}
          onRemove={() => onChange(hours.filter((each) => each !== span))}
        />
      )}
    </Week>
  );
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
