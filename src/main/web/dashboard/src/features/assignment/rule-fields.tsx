import { Checkbox } from "@/components/ui/checkbox";
import { Field, Input, Select } from "@/components/ui/field";
import {
  type AssignmentRule,
  CHOOSING,
  type Member,
  type RuleName,
  RULES,
  withRule,
} from "@/features/assignment/assignment";
import { MemberSelect } from "@/features/assignment/member-select";
import { texts } from "@/features/assignment/texts";
import { shortName } from "@/leads/names";

/** What one rule says: only what it has use for is asked. */
export function RuleFields({
  rule,
  members,
  onChange,
  errorOf,
}: {
  rule: AssignmentRule;
  members: readonly Member[];
  onChange: (rule: AssignmentRule) => void;
  errorOf: (field: string) => string | undefined;
}) {
  const change = (part: Partial<AssignmentRule>) => onChange({ ...rule, ...part });
  return (
    <div className="grid gap-4">
      <Field label={texts.rule} error={errorOf("rule")}>
        <Select value={rule.rule} onChange={(event) => onChange(withRule(rule, event.target.value as RuleName))}>
          {RULES.map((each) => (
            <option key={each} value={each}>
              {texts.ruleNames[each]}
            </option>
          ))}
        </Select>
      </Field>
      {rule.rule === "member" && (
        <Field label={texts.member} error={errorOf("memberIds")}>
          <MemberSelect
            value={rule.memberIds[0] ?? null}
            members={members}
            none={texts.chooseMember}
            onChange={(id) => change({ memberIds: id === null ? [] : [id] })}
          />
        </Field>
      )}
      {CHOOSING.includes(rule.rule) && (
        <fieldset className="grid gap-1">
          <legend className="mb-1 text-s font-medium">{texts.members}</legend>
          {members.map(({ id, email }) => (
            <label key={id} className="flex min-h-9 items-center gap-3 text-s">
              <Checkbox
                checked={rule.memberIds.includes(id)}
                onCheckedChange={(checked) =>
                  change({
                    memberIds: checked ? [...rule.memberIds, id] : rule.memberIds.filter((each) => each !== id),
                  })
                }
              />
              {shortName(email)}
            </label>
          ))}
          <p className="text-s text-soft">{texts.membersHint}</p>
          {errorOf("memberIds") && (
            <p role="alert" className="text-s text-danger">
              {errorOf("memberIds")}
            </p>
          )}
        </fieldset>
      )}
      {rule.rule !== "nobody" && (
        <div className="grid gap-4 sm:grid-cols-2">
          <Field label={texts.fallback} hint={texts.fallbackHint} error={errorOf("fallback")}>
            <Select
              value={rule.fallback}
              onChange={(event) => change({ fallback: event.target.value as AssignmentRule["fallback"] })}
            >
              <option value="owners">{texts.fallbacks.owners}</option>
              <option value="nobody">{texts.fallbacks.nobody}</option>
            </Select>
          </Field>
          <Field label={texts.reassign} hint={texts.reassignHint} error={errorOf("reassignAfterMinutes")}>
            <div className="flex items-center gap-2">
              <Input
                type="number"
                inputMode="numeric"
                min={1}
                max={1440}
                className="w-24"
                value={rule.reassignAfterMinutes ?? ""}
                onChange={(event) =>
                  change({ reassignAfterMinutes: event.target.value === "" ? null : Number(event.target.value) })
                }
              />
              <span className="text-s">{texts.minutes}</span>
            </div>
          </Field>
        </div>
      )}
    </div>
  );
}
