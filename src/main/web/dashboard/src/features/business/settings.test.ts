import { describe, expect, it } from "vitest";

import {
  addSpan,
  asClock,
  asClosing,
  changeOf,
  copyDay,
  draftOf,
  newSpan,
  type Settings,
} from "@/features/business/settings";

const SETTINGS: Settings = {
  name: "Harbour Street Solar",
  timeZone: "Australia/Sydney",
  retentionMonths: 24,
  answerWithinMinutes: 60,
  timeZoneKnown: true,
  holidays: [{ date: "2026-12-25", name: "Christmas Day", spans: [] }],
  quietHours: { mode: "off", spans: [], urgentBreaksThrough: true },
  asksForTime: false,
  businessHours: [
    { weekday: 2, opens: "13:30", closes: "17:00" },
    { weekday: 2, opens: "09:00", closes: "12:30" },
    { weekday: 6, opens: "20:00", closes: "24:00" },
  ],
};

describe("changeOf", () => {
  it("is nothing for what was just read, in whatever order the hours came", () => {
    expect(changeOf(draftOf(SETTINGS), SETTINGS)).toEqual({});
  });

  it("has only what was changed", () => {
    expect(changeOf({ ...draftOf(SETTINGS), retentionMonths: "12" }, SETTINGS)).toEqual({ retentionMonths: 12 });
    expect(changeOf({ ...draftOf(SETTINGS), name: "  " }, SETTINGS)).toEqual({ name: null });
  });

  it("has all hours when one of them was changed", () => {
    const draft = draftOf(SETTINGS);
    expect(changeOf({ ...draft, hours: draft.hours.slice(1) }, SETTINGS).businessHours).toEqual([
      { weekday: 2, opens: "13:30", closes: "17:00" },
      { weekday: 6, opens: "20:00", closes: "24:00" },
    ]);
  });
});

describe("draftOf", () => {
  it.each([
    [45, "45", "minutes"],
    [120, "2", "hours"],
    [2_880, "2", "days"],
    [90, "90", "minutes"],
  ])("shows %i minutes as %s %s", (answerWithinMinutes, answerWithin, unit) => {
    const draft = draftOf({ ...SETTINGS, answerWithinMinutes });
    expect(draft).toMatchObject({ answerWithin, unit });
    expect(changeOf(draft, { ...SETTINGS, answerWithinMinutes })).toEqual({});
  });
});

describe("hours", () => {
  const shown = (hours: ReturnType<typeof addSpan>) =>
    hours.map(({ weekday, opens, closes }) => `${weekday} ${opens}-${closes}`);

  it("of a day that was closed are nine to five", () => {
    expect(shown(addSpan([], 3))).toEqual(["3 09:00-17:00"]);
  });

  it("added to a day begin an hour after the others, where the day is long enough", () => {
    expect(shown(addSpan([newSpan(1, "09:00", "12:30")], 1))).toEqual(["1 09:00-12:30", "1 13:30-"]);
    expect(shown(addSpan([newSpan(1, "09:00", "23:30")], 1))).toEqual(["1 09:00-23:30", "1 -"]);
    expect(shown(addSpan([newSpan(1, "09:00", "")], 1))).toEqual(["1 09:00-", "1 -"]);
  });

  it("are copied in place of those of other days", () => {
    const hours = [newSpan(1, "08:00", "12:00"), newSpan(2, "10:00", "11:00"), newSpan(7, "10:00", "11:00")];
    expect(shown(copyDay(hours, 1, [2, 3]))).toEqual([
      "1 08:00-12:00",
      "2 08:00-12:00",
      "3 08:00-12:00",
      "7 10:00-11:00",
    ]);
  });

  it("of a closed day close other days as well", () => {
    expect(shown(copyDay([newSpan(2, "10:00", "11:00")], 1, [2]))).toEqual([]);
  });

  it("end with the day where a clock shows midnight", () => {
    expect(asClock("24:00")).toBe("00:00");
    expect(asClosing("00:00")).toBe("24:00");
    expect(asClosing(asClock("17:00"))).toBe("17:00");
  });
});
