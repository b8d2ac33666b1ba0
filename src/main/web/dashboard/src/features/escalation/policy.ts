import { texts } from "@/features/escalation/texts";
import { channelsInWords, recipientsInWords } from "@/leads/escalation";
import { type Priority, PRIORITIES } from "@/leads/lead";
import type { components } from "@/lib/api";
import { list } from "@/lib/format";

export type Policy = components["schemas"]["EscalationPolicy"];
export type NewPolicy = components["schemas"]["NewEscalationPolicy"];
export type Step = Policy["steps"][number];
export type Unit = Policy["unit"];

export const MOST_STEPS = 10;

/** What suits a small business: the one who has it, again by SMS, then everybody. */
export const FIRST: NewPolicy = {
  name: "",
  isActive: true,
  priorities: ["urgent"],
  funnelIds: [],
  openHoursOnly: false,
  unit: "minutes",
  steps: [
    { after: 0, notify: ["assignee"], memberIds: [], channels: null },
    { after: 5, notify: ["assignee"], memberIds: [], channels: ["sms"] },
    { after: 15, notify: ["owners"], memberIds: [], channels: null },
  ],
  repeats: 1,
  repeatAfter: 15,
};

export type Draft = Required<Omit<NewPolicy, "steps">> & { readonly steps: readonly Step[] };

export function draftOf(policy: Policy | undefined): Draft {
  const { name, isActive, priorities, funnelIds, openHoursOnly, unit, steps, repeats, repeatAfter } =
    policy ?? (FIRST as Draft);
  return { name, isActive, priorities, funnelIds, openHoursOnly, unit, steps, repeats, repeatAfter };
}

/** What the service is given: members go with a step that names some. */
export function bodyOf(draft: Draft): NewPolicy {
  return {
    ...draft,
    steps: draft.steps.map((each) => ({ ...each, memberIds: each.notify.includes("members") ? each.memberIds : [] })),
  };
}

type MemberName = (id: string | null) => string | undefined;

/** A step as a sentence, such as "After 5 minutes: SMS to the person who has the lead". */
export function stepInWords(step: Step, unit: Unit, memberName: MemberName): string {
  const when = step.after === 0 ? texts.atOnce : texts.after(step.after, unit);
  return texts.step(when, channelsInWords(step.channels), recipientsInWords(step, memberName));
}

/** For which leads a policy holds, and when it counts. */
export function scopeInWords(policy: Policy, funnelName: MemberName): string {
  const priorities = PRIORITIES.filter((each) => policy.priorities.includes(each)).map((each: Priority) =>
    texts.priorities[each].toLocaleLowerCase(),
  );
  return texts.scope(
    priorities.length > 0 ? list(priorities) : undefined,
    policy.funnelIds.length > 0 ? list(policy.funnelIds.map((id) => funnelName(id) ?? texts.formerFunnel)) : undefined,
    policy.openHoursOnly,
  );
}
