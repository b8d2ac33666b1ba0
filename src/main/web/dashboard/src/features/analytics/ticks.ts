const MINUTE = 60;
const HOUR = 3_600;
const DAY = 86_400;

/** Lengths that a clock shows as one round number. */
const STEPS = [
  1,
  5,
  10,
  15,
  30,
  MINUTE,
  2 * MINUTE,
  5 * MINUTE,
  10 * MINUTE,
  15 * MINUTE,
  30 * MINUTE,
  HOUR,
  2 * HOUR,
  3 * HOUR,
  6 * HOUR,
  12 * HOUR,
  DAY,
  2 * DAY,
  5 * DAY,
  10 * DAY,
  30 * DAY,
  90 * DAY,
];
const MOST = 5;

/** Round lengths of time in seconds for an axis that starts at 0 and reaches the longest; each is written with one unit. */
export function ticks(longest: number): number[] {
  const unit = [DAY, HOUR, MINUTE].find((each) => each < longest) ?? 1;
  const step = STEPS.find((each) => each >= unit && longest / each <= MOST) ?? 365 * DAY;
  return Array.from({ length: Math.max(1, Math.ceil(longest / step)) + 1 }, (_, index) => index * step);
}
