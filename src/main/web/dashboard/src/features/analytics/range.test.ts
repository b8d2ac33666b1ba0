import { expect, it } from "vitest";

import { daysIn, intervalOf, lastDays, periodBefore } from "@/features/analytics/range";

it("the period before is as long, and ends the day before", () => {
  expect(periodBefore({ from: "2026-03-01", to: "2026-03-30" })).toEqual({ from: "2026-01-30", to: "2026-02-28" });
  expect(periodBefore({ from: "2026-03-01", to: "2026-03-01" })).toEqual({ from: "2026-02-28", to: "2026-02-28" });
  expect(daysIn(lastDays(90))).toBe(90);
});

it.each([
  [7, "day"],
  [30, "day"],
  [90, "week"],
  [365, "month"],
])("%d days are shown by the %s", (days, interval) => expect(intervalOf(lastDays(days))).toBe(interval));

it("the usual period is shown by the day", () => expect(intervalOf({})).toBe("day"));
