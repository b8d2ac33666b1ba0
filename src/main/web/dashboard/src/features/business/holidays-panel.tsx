import { Plus, X } from "lucide-react";

import { Button } from "@/components/ui/button";
import { Input, Select } from "@/components/ui/field";
import { Panel } from "@/components/ui/page";
import { SpanRow } from "@/features/business/hours-editor";
import { type Holiday, newHoliday, newSpan, type Span } from "@/features/business/settings";
import { texts } from "@/features/business/texts";

/** The days on which the business is closed, or open at other hours. */
export function HolidaysPanel({
  holidays,
  onChange,
  errorOf,
  disabled,
}: {
  holidays: readonly Holiday[];
  onChange: (holidays: readonly Holiday[]) => void;
  errorOf: (holiday: Holiday) => string | undefined;
  disabled: boolean;
}) {
  const change = (id: number, part: Partial<Holiday>) =>
    onChange(holidays.map((each) => (each.id === id ? { ...each, ...part } : each)));
  return (
    <Panel
      title={texts.holidays}
      actions={
        !disabled && (
          <Button size="s" onClick={() => onChange([...holidays, newHoliday("", "")])}>
            <Plus /> {texts.addHoliday}
          </Button>
        )
      }
    >
      <p className="border-b border-line px-4 py-2.5 text-s text-soft">{texts.holidaysAbout}</p>
      {holidays.length === 0 && <p className="px-4 py-3 text-s text-soft">{texts.noHolidays}</p>}
      <ul className="divide-y divide-line">
        {holidays.map((holiday, index) => (
          <HolidayRow
            key={holiday.id}
            holiday={holiday}
            index={index + 1}
            error={errorOf(holiday)}
            disabled={disabled}
            onChange={(part) => change(holiday.id, part)}
            onRemove={() => onChange(holidays.filter((each) => each !== holiday))}
          />
        ))}
      </ul>
    </Panel>
  );
}

function HolidayRow({
  holiday,
  index,
  error,
  disabled,
  onChange,
  onRemove,
}: {
  holiday: Holiday;
  index: number;
  error: string | undefined;
  disabled: boolean;
  onChange: (part: Partial<Holiday>) => void;
  onRemove: () => void;
}) {
  const { id, date, name, spans } = holiday;
  const wrong = error ? { "aria-invalid": true as const, "aria-describedby": `holiday-${id}` } : {};
  const changeSpan = (span: Span, part: Partial<Span>) =>
    onChange({ spans: spans.map((each) => (each === span ? { ...each, ...part } : each)) });
  return (
    <li className="grid grid-cols-1 gap-2 px-4 py-3">
      <div className="grid grid-cols-[1fr_auto] gap-2 sm:grid-cols-[10rem_1fr_10rem_auto]">
        <Input
          type="date"
          aria-label={texts.holidayDate(index)}
          value={date}
          onChange={(event) => onChange({ date: event.target.value })}
          {...wrong}
        />
        <Input
          className="order-last col-span-2 sm:order-none sm:col-span-1"
          maxLength={100}
          aria-label={texts.holidayName(index)}
          value={name}
          onChange={(event) => onChange({ name: event.target.value })}
          {...wrong}
        />
        <Select
          className="order-last col-span-2 sm:order-none sm:col-span-1"
          aria-label={texts.holidayKind(index)}
          value={spans.length === 0 ? "closed" : "open"}
          onChange={(event) => onChange({ spans: event.target.value === "open" ? [newSpan(0, "09:00", "12:00")] : [] })}
        >
          <option value="closed">{texts.closedAllDay}</option>
          <option value="open">{texts.openAt}</option>
        </Select>
        {!disabled && (
          <Button variant="quiet" size="icon" aria-label={texts.removeHoliday(index)} onClick={onRemove}>
            <X />
          </Button>
        )}
      </div>
      {spans.map((span) => (
        <SpanRow
          key={span.id}
          span={span}
          labels={{
            opens: texts.holidayOpens(index),
            closes: texts.holidayCloses(index),
            remove: texts.removeHolidayHours(index),
          }}
          error={undefined}
          disabled={disabled}
          onChange={(part) => changeSpan(span, part)}
          onRemove={() => onChange({ spans: spans.filter((each) => each !== span) })}
        />
      ))}
      {error && (
        <p id={`holiday-${id}`} role="alert" className="text-s text-danger">
          {error}
        </p>
      )}
    </li>
  );
}
