import { expect, it } from "vitest";

import { dayAfter, startOfDay } from "@/features/analytics/calendar";

it.each([
  ["2026-11-22", "UTC", "2026-11-22T00:00:00.000Z"],
  ["2026-11-22", "Australia/Sydney", "2026-11-21T13:00:00.000Z"],
  // The day on which clocks go forward, and the one on which they go back, at three in the morning.
  ["2026-10-04", "Australia/Sydney", "2026-10-03T14:00:00.000Z"],
  ["2026-10-05", "Australia/Sydney", "2026-10-04T13:00:00.000Z"],
  ["2026-04-05", "Australia/Sydney", "2026-04-04T13:00:00.000Z"],
  ["2026-04-06", "Australia/Sydney", "2026-04-05T14:00:00.000Z"],
  ["2026-03-08", "America/Los_Angeles", "2026-03-08T08:00:00.000Z"],
  ["2026-03-09", "America/Los_Angeles", "2026-03-09T07:00:00.000Z"],
  ["2026-11-22", "Asia/Kathmandu", "2026-11-21T18:15:00.000Z"],
])("%s begins in %s at %s", (day, zone, moment) => {
  expect(startOfDay(day, zone).toISOString()).toBe(moment);
});

it.each([
  ["2026-12-31", "2027-01-01"],
  ["2028-02-28", "2028-02-29"],
])("after %s comes %s", (day, next) => expect(dayAfter(day)).toBe(next));
