import type { components } from "@/lib/api";

export type AssignmentRule = components["schemas"]["AssignmentRule"];
export type Rota = components["schemas"]["Rota"];
export type Shift = components["schemas"]["Shift"];
export type RotaException = components["schemas"]["RotaException"];
export type Member = components["schemas"]["Member"];
export type RuleName = AssignmentRule["rule"];

export const RULES: readonly RuleName[] = ["nobody", "member", "round_robin", "least_loaded", "on_duty"];

/** Rules that choose among members of a list. */
export const CHOOSING: readonly RuleName[] = ["round_robin", "least_loaded"];

/** A shift or an exception while it is edited; `id` only says which row it is. */
export type Draft<Of> = Of & { readonly id: number };

let last = 0;

export function draft<Of>(of: Of): Draft<Of> {
  return { ...of, id: ++last };
}

export function given<Of>({ id: _id, ...of }: Draft<Of>): Omit<Draft<Of>, "id"> {
  return of;
}

/** The rule of a funnel as it starts: that of the business, to be changed. */
export function ruleFor(funnelId: string | null, business?: AssignmentRule): AssignmentRule {
  return {
    rule: "round_robin",
    memberIds: [],
    fallback: "owners",
    reassignAfterMinutes: null,
    ...business,
    funnelId,
  };
}

/** Another rule takes with it only what it has use for. */
export function withRule(before: AssignmentRule, rule: RuleName): AssignmentRule {
  const memberIds = CHOOSING.includes(rule) && CHOOSING.includes(before.rule) ? before.memberIds : [];
  return { ...before, rule, memberIds };
}

/** The next shift of a day: the first from nine to five, others behind the last. */
export function nextShift(shifts: readonly Draft<Shift>[], weekday: number, memberId: string): Draft<Shift> {
  const before = shifts.filter((each) => each.weekday === weekday).at(-1);
  return draft(
    before && before.to < "24:00"
      ? { weekday, from: before.to, to: "24:00", memberId }
      : { weekday, from: "09:00", to: "17:00", memberId },
  );
}

/** Gives other days the shifts of one. */
export function copyShifts(
  shifts: readonly Draft<Shift>[],
  from: number,
  to: readonly number[],
): readonly Draft<Shift>[] {
  const copied = shifts.filter((each) => each.weekday === from).map(given);
  return [
    ...shifts.filter((each) => !to.includes(each.weekday)),
    ...to.flatMap((weekday) => copied.map((each) => draft({ ...each, weekday }))),
  ];
}
