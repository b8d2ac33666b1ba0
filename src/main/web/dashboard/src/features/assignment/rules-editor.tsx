import { useQuery } from "@tanstack/react-query";
import { Trash2 } from "lucide-react";

import { Button } from "@/components/ui/button";
import { Select } from "@/components/ui/field";
import { type AssignmentRule, type Member, ruleFor } from "@/features/assignment/assignment";
import { RuleFields } from "@/features/assignment/rule-fields";
import { texts } from "@/features/assignment/texts";
import { useFunnelName } from "@/leads/names";
import { funnelsQuery } from "@/leads/queries";
import { isOwner } from "@/lib/session";

/** The rule of the business, and those of funnels that have their own. */
export function RulesEditor({
  rules,
  members,
  onChange,
  errorOf,
}: {
  rules: readonly AssignmentRule[];
  members: readonly Member[];
  onChange: (rules: readonly AssignmentRule[]) => void;
  errorOf: (index: number, field: string) => string | undefined;
}) {
  const funnels = useQuery(funnelsQuery());
  const funnelName = useFunnelName();
  const business = rules.find(({ funnelId }) => funnelId === null);
  const others = funnels.data?.filter(({ id }) => rules.every(({ funnelId }) => funnelId !== id)) ?? [];
  const title = ({ funnelId }: AssignmentRule) =>
    funnelId === null
      ? rules.length > 1
        ? texts.otherFunnels
        : texts.everyFunnel
      : (funnelName(funnelId) ?? texts.chooseFunnel);
  return (
    <div className="divide-y divide-line">
      {rules.map((rule, index) => (
        <section key={rule.funnelId} aria-label={title(rule)} className="grid gap-4 p-4">
          <header className="flex items-center justify-between gap-2">
            <h3 className="font-medium wrap-anywhere">{title(rule)}</h3>
            {rule.funnelId !== null && isOwner() && (
              <Button
                variant="quiet"
                size="icon"
                aria-label={texts.removeRule(title(rule))}
                onClick={() => onChange(rules.filter((each) => each !== rule))}
              >
                <Trash2 />
              </Button>
            )}
          </header>
          <RuleFields
            rule={rule}
            members={members}
            onChange={(changed) => onChange(rules.map((each) => (each === rule ? changed : each)))}
            errorOf={(field) => errorOf(index, field)}
          />
        </section>
      ))}
      {isOwner() && others.length > 0 && (
        <div className="p-4">
          <Select
            aria-label={texts.own}
            className="sm:w-auto"
            value=""
            onChange={(event) => onChange([...rules, ruleFor(event.target.value, business)])}
          >
            <option value="">{texts.own}…</option>
            {others.map(({ id }) => (
              <option key={id} value={id}>
                {funnelName(id)}
              </option>
            ))}
          </Select>
        </div>
      )}
    </div>
  );
}
