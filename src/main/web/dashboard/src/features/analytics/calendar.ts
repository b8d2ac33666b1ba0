/** The first moment of a day, such as "2026-11-22", where the business is: days there begin when they begin there. */
export function startOfDay(day: string, timeZone: string): Date {
  const asIfInUtc = Date.parse(`${day}T00:00Z`);
  // The offset of the guess may be that of the other side of a change of clocks; that of the second guess is not.
  const guess = asIfInUtc - offset(asIfInUtc, timeZone);
  return new Date(asIfInUtc - offset(guess, timeZone));
}

/** The day after one, as calendars have it. */
export function dayAfter(day: string): string {
  return new Date(Date.parse(`${day}T00:00Z`) + 86_400_000).toISOString().slice(0, 10);
}

/** How far the clocks of a zone are ahead of UTC at a moment, in milliseconds. */
function offset(moment: number, timeZone: string): number {
  const parts = new Intl.DateTimeFormat("en", {
    timeZone,
    hourCycle: "h23",
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
    second: "numeric",
  }).formatToParts(moment);
  const part = (type: Intl.DateTimeFormatPartTypes) => Number(parts.find((each) => each.type === type)?.value);
  const there = Date.UTC(part("year"), part("month") - 1, part("day"), part("hour"), part("minute"), part("second"));
  return there - Math.floor(moment / 1_000) * 1_000;
}
