import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";

import { Field, Select } from "@/components/ui/field";
import { Panel } from "@/components/ui/page";
import { Failed, Waiting } from "@/components/ui/states";
import {
  CHOICES,
  choiceOf,
  type Outcome,
  OUTCOMES,
  outcomeTexts as texts,
  ruleOf,
  type Rules,
} from "@/features/escalation/outcome-rules";
import { outcomeRulesQuery } from "@/features/escalation/queries";
import { leadTexts } from "@/leads/texts";
import { answered, api, reason } from "@/lib/api";
import { notify } from "@/lib/notify";
import { isOwner } from "@/lib/session";

/** What follows from the outcome of a phone call; each choice is saved at once. */
export function OutcomeRulesPanel() {
  const client = useQueryClient();
  const key = outcomeRulesQuery().queryKey;
  const rules = useQuery(outcomeRulesQuery());
  const save = useMutation({
    mutationFn: (changed: Rules) => answered(api.PUT("/api/outcome-rules", { body: { rules: changed } })),
    onSuccess: ({ rules: saved }) => {
      client.setQueryData(key, saved);
      notify({ title: texts.saved, tone: "good" });
    },
    onError: (error) => void notify({ title: reason(error), tone: "danger" }),
  });
  return (
    <Panel title={texts.title}>
      {rules.isPending ? (
        <Waiting rows={3} />
      ) : rules.isError ? (
        <Failed error={rules.error} retry={() => void rules.refetch()} />
      ) : (
        <div className="grid gap-4 p-4 sm:grid-cols-2">
          <p className="text-s text-soft sm:col-span-2">{texts.about}</p>
          {OUTCOMES.map((outcome: Outcome) => {
            const current = choiceOf(rules.data[outcome]);
            return (
              <Field key={outcome} label={leadTexts.outcomes[outcome]}>
                <Select
                  disabled={!isOwner() || save.isPending}
                  value={current}
                  onChange={(event) => save.mutate({ ...rules.data, [outcome]: ruleOf(event.target.value) })}
                >
                  {[...new Set([...CHOICES, current])].map((each) => (
                    <option key={each} value={each}>
                      {texts.choice(ruleOf(each))}
                    </option>
                  ))}
                </Select>
              </Field>
            );
          })}
        </div>
      )}
    </Panel>
  );
}
