import type { Unit } from "@/features/business/settings";
import { clock, number, span } from "@/lib/format";

const UNITS: Record<Unit, string> = { minutes: "minutes", hours: "hours", days: "days" };

export const texts = {
  title: "Business",
  about: "Settings that hold for everybody in this business.",
  readOnly: "Only owners can change these settings.",
  identity: "Name and clock",
  name: "Name",
  nameHint: "Shown in mails, forms and texts. If empty, the name of the platform is shown.",
  timeZone: "Time zone",
  timeZoneHint: (zone: string) =>
    `Opening hours, digests and figures follow it. It is ${clock(Date.now(), zone)} there now.`,
  timeZoneUnknown: "Such as Australia/Sydney or UTC.",
  answering: "Answering",
  answerWithin: "Answer a new lead within",
  answerHint: (minutes: number) =>
    `Urgent ones within ${span((minutes * 60) / 4)}, high within ${span((minutes * 60) / 2)}, low within ${span(minutes * 60 * 4)}.`,
  unit: "Unit",
  units: (unit: Unit, count: number) => (count === 1 ? UNITS[unit].slice(0, -1) : UNITS[unit]),
  hours: "Opening hours",
  hoursAbout: "In the time zone above. Closing at midnight means the end of that day.",
  noHours: "If no hours are given, Monday to Friday from nine to five applies.",
  closed: "Closed",
  opens: (day: string, index: number) => `${day}, opening ${number(index)}`,
  closes: (day: string, index: number) => `${day}, closing ${number(index)}`,
  until: "to",
  add: (day: string) => `Add hours on ${day}`,
  removeSpan: (day: string, index: number) => `Remove hours ${number(index)} of ${day}`,
  copy: (day: string) => `Copy the hours of ${day}`,
  toWeekdays: "To Monday–Friday",
  toAll: "To every day",
  incomplete: "Give both times.",
  keeping: "Keeping",
  retention: "Keep leads for",
  months: "months",
  retentionHint: "Then they are archived, and deleted a month later.",
  shorter: (months: number) =>
    `Leads older than ${months === 1 ? "one month" : `${number(months)} months`} are archived with the next run, and deleted a month later. That cannot be undone.`,
  unsaved: "You have changes that are not saved.",
  save: "Save",
  saving: "Saving…",
  discard: "Discard",
  saved: "Saved.",
  fix: "Correct the marked fields, then save.",
};
