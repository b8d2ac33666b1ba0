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
}

let lastSpan = 0;

export function newSpan(weekday: number, opens: string, closes: string): Span {
  return { id: ++lastSpan, weekday, opens, closes };
}

export function draftOf({ name, timeZone, answerWithinMinutes, retentionMonths, businessHours }: Settings): Draft {
  const unit = (["days", "hours"] as const).find((each) => answerWithinMinutes % UNITS[each] === 0) ?? "minutes";
  return {
    name: name ?? "",
    timeZone,
    answerWithin: String(answerWithinMinutes / UNITS[unit]),
    unit,
    retentionMonths: String(retentionMonths),
    hours: inOrder(businessHours.map(({ weekday, opens, closes }) => newSpan(weekday, opens, closes))),
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
  };
  const names = (Object.keys(now) as (keyof typeof now)[]).filter((each) => now[each] !== before[each]);
  const hours = draft.hours.map(given);
  const areHoursSame = JSON.stringify(hours) === JSON.stringify(draftOf(before).hours.map(given));
  return {
    ...Object.fromEntries(names.map((each) => [each, now[each]])),
    ...(!areHoursSame && { businessHours: hours }),
  };
}

function given({ weekday, opens, closes }: Span) {
  return { weekday, opens, closes };
}

function inOrder(spans: readonly Span[]): readonly Span[] {
  return spans.toSorted((one, other) => one.weekday - other.weekday || one.opens.localeCompare(other.opens));
}

/** Another span of a day: after the last one where there is room, such as after lunch. */
export function addSpan(hours: readonly Span[], weekday: number): readonly Span[] {
  const last = hours.filter((each) => each.weekday === weekday).at(-1);
  const added = last
    ? newSpan(weekday, last.closes >= "23:00" ? "" : later(last.closes), "")
    : newSpan(weekday, "09:00", "17:00");
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
