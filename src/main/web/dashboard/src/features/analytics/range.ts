/** The days that are looked at, by their first and last, as a calendar has them. */
export interface Range {
  readonly from?: string;
  readonly to?: string;
}

export const PRESETS = [7, 30, 90, 365] as const;
const USUAL = 30;
const DAY = 86_400_000;

/** More bars than these cannot be told from each other on a phone. */
const MOST_DAYS = 45;
const MOST_DAYS_IN_WEEKS = 182;

export function day(date: Date): string {
  return [date.getFullYear(), date.getMonth() + 1, date.getDate()]
    .map((part) => String(part).padStart(2, "0"))
    .join("-");
}

/** The last so many days, today among them. */
export function lastDays(days: number, today = new Date()): Required<Range> {
  const from = new Date(today);
  from.setDate(from.getDate() - days + 1);
  return { from: day(from), to: day(today) };
}

/** Which preset a range is, or undefined where somebody chose the days. */
export function presetOf({ from, to }: Range, today = new Date()): number | undefined {
  if (from === undefined && to === undefined) {
    return USUAL;
  }
  return PRESETS.find((days) => {
    const range = lastDays(days, today);
    return range.from === from && (to === undefined || range.to === to);
  });
}

/** A preset as it stands in the address; the usual one needs no words there. */
export function asRange(days: number): Range {
  return days === USUAL ? {} : lastDays(days);
}

/** How many days a range has, both ends among them. */
export function daysIn({ from, to }: Required<Range>): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / DAY) + 1;
}

/** The days before a range, as many as it has. */
export function periodBefore(range: Required<Range>): Required<Range> {
  const shift = (moment: number) => new Date(moment).toISOString().slice(0, 10);
  return {
    from: shift(Date.parse(range.from) - daysIn(range) * DAY),
    to: shift(Date.parse(range.from) - DAY),
  };
}

/** What one bar of a chart stands for, so that a year is no picket fence. */
export function intervalOf({ from, to }: Range): "day" | "week" | "month" {
  if (from === undefined) {
    return "day";
  }
  const days = daysIn({ from, to: to ?? day(new Date()) });
  return days <= MOST_DAYS ? "day" : days <= MOST_DAYS_IN_WEEKS ? "week" : "month";
}
