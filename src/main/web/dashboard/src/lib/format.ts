/** How moments, spans and numbers are written: as the reader does it who reads the page's language. */
const locale = () => {
  const language = document.documentElement.lang || "en";
  return navigator.languages.find((each) => each.startsWith(language)) ?? language;
};

const made = new Map<string, unknown>();

/** Making a format takes a thousand times as long as using it, and a list uses it for every row. */
function kept<T>(kind: string, options: object, make: (locale: string) => T): T {
  const language = locale();
  const key = `${kind} ${language} ${JSON.stringify(options)}`;
  const found = (made.get(key) as T | undefined) ?? make(language);
  made.set(key, found);
  return found;
}

const dates = (options: Intl.DateTimeFormatOptions) =>
  kept("date", options, (language) => new Intl.DateTimeFormat(language, options));

const numbers = (options: Intl.NumberFormatOptions) =>
  kept("number", options, (language) => new Intl.NumberFormat(language, options));

const relatives = (options: Intl.RelativeTimeFormatOptions) =>
  kept("relative", options, (language) => new Intl.RelativeTimeFormat(language, options));

const lists = (options: Intl.ListFormatOptions) =>
  kept("list", options, (language) => new Intl.ListFormat(language, options));

const UNITS: readonly [Intl.RelativeTimeFormatUnit, number][] = [
  ["year", 31_557_600],
  ["month", 2_629_800],
  ["week", 604_800],
  ["day", 86_400],
  ["hour", 3_600],
  ["minute", 60],
];

/** Such as "4 minutes ago" or "in 2 hours"; "now" within a minute. */
export function relative(
  moment: string | Date,
  now = Date.now(),
  style: Intl.RelativeTimeFormatStyle = "long",
): string {
  const seconds = (new Date(moment).getTime() - now) / 1000;
  const format = relatives({ numeric: "auto", style });
  for (const [unit, length] of UNITS) {
    if (Math.abs(seconds) >= length) {
      return format.format(Math.trunc(seconds / length), unit);
    }
  }
  return format.format(0, "second");
}

/** Such as "22 Nov 2026, 14:04". */
export function moment(at: string | Date): string {
  return dates({ dateStyle: "medium", timeStyle: "short" }).format(new Date(at));
}

/** Such as "22 Nov 2026". */
export function shortDay(at: string | Date): string {
  return dates({ dateStyle: "medium" }).format(new Date(at));
}

/** Such as "1 Dec", of a day that begins at midnight UTC wherever the reader is. */
export function dayOfUtc(at: string | Date): string {
  return dates({ day: "numeric", month: "short", timeZone: "UTC" }).format(new Date(at));
}

/** Such as "37.08 AUD". */
export function money(amount: number, currency: string): string {
  return `${numbers({ minimumFractionDigits: 2, maximumFractionDigits: 2 }).format(amount)} ${currency}`;
}

/** The time today, the weekday within a week, else the date: what a list has room for. */
export function shortMoment(at: string | Date, now = new Date()): string {
  const date = new Date(at);
  const age = now.getTime() - date.getTime();
  if (date.toDateString() === now.toDateString()) {
    return dates({ timeStyle: "short" }).format(date);
  }
  if (age >= 0 && age < 6 * 86_400_000) {
    return dates({ weekday: "short", hour: "numeric", minute: "2-digit" }).format(date);
  }
  const year = date.getFullYear() === now.getFullYear() ? {} : { year: "numeric" as const };
  return dates({ day: "numeric", month: "short", ...year }).format(date);
}

/** Such as "1 h 20 min"; the two greatest units, never a negative one. */
export function span(seconds: number, unitDisplay: "short" | "narrow" = "short"): string {
  const whole = Math.max(0, Math.round(seconds));
  const parts: [number, string][] = [
    [Math.floor(whole / 86_400), "day"],
    [Math.floor((whole % 86_400) / 3_600), "hour"],
    [Math.floor((whole % 3_600) / 60), "minute"],
    [whole % 60, "second"],
  ];
  const first = parts.findIndex(([count]) => count > 0);
  const shown = first < 0 ? parts.slice(-1) : parts.slice(first, first + 2).filter(([count]) => count > 0);
  return shown.map(([count, unit]) => numbers({ style: "unit", unit, unitDisplay }).format(count)).join(" ");
}

export function number(value: number): string {
  return numbers({}).format(value);
}

/** A share of one, such as "97.5 %". */
export function percent(share: number, digits = 1): string {
  return numbers({ style: "percent", maximumFractionDigits: digits }).format(share);
}

/** A badge's figure: never wider than "99+". */
export function badge(count: number): string {
  return count > 99 ? `${number(99)}+` : number(count);
}

/** Such as "Monday", of 1 for Monday to 7. */
export function weekday(day: number, style: "long" | "short" = "long"): string {
  // The first of January 2024 was a Monday.
  return dates({ weekday: style, timeZone: "UTC" }).format(Date.UTC(2024, 0, day));
}

/** Such as "Monday, 23 November 2026". */
export function day(at: string | Date): string {
  return dates({ dateStyle: "full" }).format(new Date(at));
}

/** Such as "14:04"; in another time zone where one is named. */
export function clock(at: string | Date | number, timeZone?: string): string {
  return dates({ timeStyle: "short", ...(timeZone && { timeZone }) }).format(new Date(at));
}

/** Such as "name, time zone and hours". */
export function list(items: readonly string[]): string {
  return lists({ type: "conjunction" }).format(items);
}

/** Such as "471 kB" or "2.3 MB". */
export function bytes(count: number): string {
  const isLarge = count >= 1_000_000;
  return numbers({
    style: "unit",
    unit: isLarge ? "megabyte" : "kilobyte",
    maximumFractionDigits: isLarge ? 1 : 0,
  }).format(isLarge ? count / 1_000_000 : Math.max(1, count / 1_000));
}
