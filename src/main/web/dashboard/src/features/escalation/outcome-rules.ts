import type { CallOutcome } from "@/leads/lead";
import type { components } from "@/lib/api";
import { span } from "@/lib/format";

export type Rule = components["schemas"]["OutcomeRule"];
export type Outcome = CallOutcome;
export type Rules = Partial<Record<Outcome, Rule>>;

export const OUTCOMES: readonly Outcome[] = [
  "reached",
  "booked",
  "no_answer",
  "voicemail",
  "wrong_number",
  "not_interested",
];

/** What is offered; a rule that was set by the API stands beside them. */
export const CHOICES: readonly string[] = [
  "nothing",
  "close",
  "30",
  "60",
  "120",
  "240",
  "1440",
  "120 open",
  "480 open",
];

/** A rule as one text, such as "close", "120" or "120 open". */
export function choiceOf(rule: Rule | undefined): string {
  if (rule?.action !== "again") {
    return rule?.action ?? "nothing";
  }
  return `${rule.afterMinutes ?? 120}${rule.openHoursOnly ? " open" : ""}`;
}

export function ruleOf(choice: string): Rule {
  if (choice === "nothing" || choice === "close") {
    return { action: choice, openHoursOnly: false };
  }
  const [minutes, open] = choice.split(" ");
  return { action: "again", afterMinutes: Number(minutes), openHoursOnly: open === "open" };
}

export const outcomeTexts = {
  title: "After a phone call",
  about:
    "What happens to a lead when somebody records how the call went. A reminder comes when it is to be called again.",
  saved: "Saved.",
  choice: ({ action, afterMinutes, openHoursOnly }: Rule) =>
    action === "nothing"
      ? "Nothing more"
      : action === "close"
        ? "Archive the lead"
        : `Call again in ${span((afterMinutes ?? 120) * 60)}${openHoursOnly ? " of opening hours" : ""}`,
};
