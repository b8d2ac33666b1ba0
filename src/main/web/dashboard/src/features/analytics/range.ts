/** The days that are looked at, by their first and last, as a calendar has them. */
export interface Range {
  readonly from?: string;
  readonly to?: string;
}

export const PRESETS = [7, 30, 90, 365] as const;
const USUAL = 30;

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
