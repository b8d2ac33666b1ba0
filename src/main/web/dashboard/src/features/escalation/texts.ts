import type { Unit } from "@/features/escalation/policy";
import { leadTexts } from "@/leads/texts";
import { number } from "@/lib/format";

const times = (amount: number, unit: Unit) => `${number(amount)} ${amount === 1 ? unit.slice(0, -1) : unit}`;

export const texts = {
  title: "Escalation",
  about:
    "A lead that nobody acts on is passed from person to person, until somebody does. The first policy that matches a lead holds for it.",
  add: "New policy",
  change: "Change the policy",
  none: "No policy yet",
  noneAbout:
    "Say who is notified next when nobody acts: the person who has the lead at once, an SMS after five minutes, you after fifteen.",
  forOwners: "Owners decide who is notified when nobody acts on a lead.",
  priorities: leadTexts.priorities,
  byPreference: "As each prefers",
  formerFunnel: "a deleted funnel",
  atOnce: "At once",
  after: (amount: number, unit: Unit) => `After ${times(amount, unit)}`,
  step: (when: string, by: string | undefined, to: string) => (by ? `${when}: ${by} to ${to}` : `${when}: ${to}`),
  scope: (priorities: string | undefined, funnels: string | undefined, openHoursOnly: boolean) =>
    `For ${priorities ? `${priorities} leads` : "all leads"}${funnels ? ` of ${funnels}` : ""}${
      openHoursOnly ? ", counted while you are open" : ", at any hour"
    }.`,
  ending: (repeats: number, after: number, unit: Unit) =>
    repeats === 0
      ? `${times(after, unit)} later the lead is overdue, and everyone is notified.`
      : `The steps are repeated ${repeats === 1 ? "once" : `${number(repeats)} times`}, ${times(after, unit)} after the last one. Then the lead is overdue, and everyone is notified.`,
  isOff: "Switched off",
  actions: (name: string) => `More for ${name}`,
  up: "Try earlier",
  down: "Try later",
  edit: "Change",
  remove: "Delete",
  removeTitle: (name: string) => `Delete “${name}”?`,
  removeAbout: "Leads that it is escalating now stay where they are: nobody is notified of them any more.",
  removed: (name: string) => `“${name}” is deleted.`,
  saved: "Saved.",
  name: "Name",
  nameHint: "For you to find it.",
  active: "Switched on",
  which: "For leads of these priorities",
  whichHint: "None chosen: all of them.",
  funnels: "Of these funnels",
  openHours: "Count only while we are open",
  unit: "Times in",
  units: { minutes: "minutes", seconds: "seconds (for trying it)" } satisfies Record<Unit, string>,
  steps: "Steps",
  stepTitle: (nth: number) => `Step ${number(nth)}`,
  when: (unit: Unit) => `After how many ${unit}`,
  whom: "Notify",
  people: "Which people",
  how: "By",
  addStep: "Add a step",
  removeStep: (nth: number) => `Remove step ${number(nth)}`,
  repeats: "Repeat the steps",
  repeatTimes: (count: number) => (count === 0 ? "Never" : count === 1 ? "Once" : `${number(count)} times`),
  repeatAfter: (unit: Unit) => `After how many more ${unit}`,
  repeatAfterHint: "From the last step until they are repeated, or the lead is overdue.",
  cancel: "Cancel",
  save: "Save",
  discardTitle: "Leave without saving?",
  discardAbout: "What you have changed is lost.",
  discard: "Leave",
};
