import type { components } from "@/lib/api";

export type Settings = components["schemas"]["Settings"];
export type SettingsChange = components["schemas"]["SettingsChange"];

/** Hours of one day. `closes` may be 24:00, the end of the day. */
export interface Span {
  /** Only for this page: which row it is, whatever stands in it. */
  readonly id: number;
  readonly weekday: number;
  readonly opens: string;
  readonly closes: string;
}

/** A day that differs from its weekday: closed where it has no hours. */
export interface Holiday {
  readonly id: number;
  readonly date: string;
  readonly name: string;
  readonly spans: readonly Span[];
}

export type QuietMode = Settings["quietHours"]["mode"];

/** When notifications wait. The spans stay while another mode is tried. */
export interface Quiet {
  readonly mode: QuietMode;
  readonly spans: readonly Span[];
  readonly urgentBreaksThrough: boolean;
}

export const UNITS = { minutes: 1, hours: 60, days: 1_440 } as const;
export type Unit = keyof typeof UNITS;

/** What is being set; numbers as they are typed. */
export interface Draft {
  readonly name: string;
  readonly timeZone: string;
  readonly answerWithin: string;
  readonly unit: Unit;
  readonly retentionMonths: string;
  readonly hours: readonly Span[];
  readonly holidays: readonly Holiday[];
  readonly quiet: Quiet;
  readonly asksForTime: boolean;
}

let lastSpan = 0;

export function newSpan(weekday: number, opens: string, closes: string): Span {
  return { id: ++lastSpan, weekday, opens, closes };
}

export function newHoliday(date: string, name: string, spans: readonly Span[] = []): Holiday {
  return { id: ++lastSpan, date, name, spans };
}

export function draftOf(settings: Settings): Draft {
  const { name, timeZone, answerWithinMinutes, retentionMonths, businessHours, holidays, quietHours } = settings;
  const unit = (["days", "hours"] as const).find((each) => answerWithinMinutes % UNITS[each] === 0) ?? "minutes";
  return {
    name: name ?? "",
    timeZone,
    answerWithin: String(answerWithinMinutes / UNITS[unit]),
    unit,
    retentionMonths: String(retentionMonths),
    hours: inOrder(businessHours.map(({ weekday, opens, closes }) => newSpan(weekday, opens, closes))),
    holidays: holidays
      .map(({ date, name, spans }) =>
        newHoliday(
          date,
          name,
          spans.map(({ opens, closes }) => newSpan(0, opens, closes)),
        ),
      )
      .toSorted((one, other) => one.date.localeCompare(other.date)),
    quiet: {
      ...quietHours,
      spans: inOrder(quietHours.spans.map(({ weekday, begins, ends }) => newSpan(weekday, begins, ends))),
    },
    asksForTime: settings.asksForTime,
  };
}

export function minutesOf({ answerWithin, unit }: Pick<Draft, "answerWithin" | "unit">): number {
  return Number(answerWithin) * UNITS[unit];
}

/** What is to be changed: what is the same as before is not given, so that nobody's change meanwhile is undone. */
export function changeOf(draft: Draft, before: Settings): SettingsChange {
  const now = {
    name: draft.name.trim() || null,
    timeZone: draft.timeZone.trim(),
    answerWithinMinutes: minutesOf(draft),
    retentionMonths: Number(draft.retentionMonths),
    asksForTime: draft.asksForTime,
  };
  const names = (Object.keys(now) as (keyof typeof now)[]).filter((each) => now[each] !== before[each]);
  const then = draftOf(before);
  const isSame = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other);
  const hours = draft.hours.map(given);
  const holidays = draft.holidays.map(givenHoliday);
  const quietHours = givenQuiet(draft.quiet);
  return {
    ...Object.fromEntries(names.map((each) => [each, now[each]])),
    ...(!isSame(hours, then.hours.map(given)) && { businessHours: hours }),
    ...(!isSame(holidays, then.holidays.map(givenHoliday)) && { holidays }),
    ...(!isSame(quietHours, givenQuiet(then.quiet)) && { quietHours }),
  };
}

function givenHoliday({ date, name, spans }: Holiday) {
  return { date, name: name.trim(), spans: spans.map(({ opens, closes }) => ({ opens, closes })) };
}

function givenQuiet({ mode, spans, urgentBreaksThrough }: Quiet) {
  return {
    mode,
    spans: spans.map(({ weekday, opens, closes }) => ({ weekday, begins: opens, ends: closes })),
    urgentBreaksThrough,
  };
}

/** Whether a time is missing, or a holiday has no day or name. */
export function isIncomplete({ hours, holidays, quiet }: Draft): boolean {
  return (
    [...hours, ...quiet.spans, ...holidays.flatMap(({ spans }) => spans)].some(isHalf) ||
    holidays.some(({ date, name }) => date === "" || name.trim() === "")
  );
}

export function isHalf({ opens, closes }: Pick<Span, "opens" | "closes">): boolean {
  return opens === "" || closes === "";
}

/** Whether it ends on the day after it began. */
export function endsNextDay({ opens, closes }: Pick<Span, "opens" | "closes">): boolean {
  return !isHalf({ opens, closes }) && closes < opens;
}

function given({ weekday, opens, closes }: Span) {
  return { weekday, opens, closes };
}

function inOrder(spans: readonly Span[]): readonly Span[] {
  return spans.toSorted((one, other) => one.weekday - other.weekday || one.opens.localeCompare(other.opens));
}

/** Another span of a day: after the last one where there is room, such as after lunch. */
export function addSpan(
  hours: readonly Span[],
  weekday: number,
  first: readonly [string, string] = ["09:00", "17:00"],
): readonly Span[] {
  const last = hours.filter((each) => each.weekday === weekday).at(-1);
  const added = last
    ? newSpan(weekday, last.closes >= "23:00" ? "" : later(last.closes), "")
    : newSpan(weekday, ...first);
  return [...hours, added].toSorted((one, other) => one.weekday - other.weekday);
}

function later(time: string): string {
  const [hour = 0, minute = 0] = time.split(":").map(Number);
  return time === "" ? "" : `${String(hour + 1).padStart(2, "0")}:${String(minute).padStart(2, "0")}`;
}

/** Gives other days the hours of one. */
export function copyDay(hours: readonly Span[], from: number, to: readonly number[]): readonly Span[] {
  const copied = hours.filter((each) => each.weekday === from);
  return [
    ...hours.filter((each) => !to.includes(each.weekday)),
    ...to.flatMap((weekday) => copied.map(({ opens, closes }) => newSpan(weekday, opens, closes))),
  ].toSorted((one, other) => one.weekday - other.weekday);
}

/** The end of a day is midnight to a clock that goes to 23:59. */
export function asClock(closes: string): string {
  return closes === "24:00" ? "00:00" : closes;
}

export function asClosing(clock: string): string {
  return clock === "00:00" ? "24:00" : clock;
}
