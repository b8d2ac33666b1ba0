import { useQuery } from "@tanstack/react-query";
import { Trash2 } from "lucide-react";

import { Button } from "@/components/ui/button";
import { Field, Input } from "@/components/ui/field";
import { Choices } from "@/features/escalation/choices";
import type { Step, Unit } from "@/features/escalation/policy";
import { texts } from "@/features/escalation/texts";
import { CHANNELS, escalationTexts, RECIPIENTS } from "@/leads/escalation";
import { shortName, whoAnswers } from "@/leads/names";
import { membersQuery } from "@/leads/queries";

const AS_PREFERRED = "preference";

/** One step: when, whom and how. */
export function StepEditor({
  nth,
  step,
  unit,
  wrong,
  onChange,
  onRemove,
}: {
  nth: number;
  step: Step;
  unit: Unit;
  wrong: (field: "after" | "notify" | "memberIds" | "channels") => string | undefined;
  onChange: (part: Partial<Step>) => void;
  onRemove: (() => void) | undefined;
}) {
  const members = useQuery(membersQuery());
  return (
    <section aria-label={texts.stepTitle(nth)} className="grid gap-3 rounded-m border border-line bg-sunken p-3">
      <div className="flex items-end gap-2">
        <Field label={`${texts.stepTitle(nth)}: ${texts.when(unit)}`} error={wrong("after")} className="min-w-0 flex-1">
          <Input
            type="number"
            inputMode="numeric"
            min={0}
            max={10_080}
            value={Number.isNaN(step.after) ? "" : step.after}
            onChange={(event) => onChange({ after: event.target.valueAsNumber })}
          />
        </Field>
        {onRemove && (
          <Button variant="quiet" size="icon" aria-label={texts.removeStep(nth)} onClick={onRemove}>
            <Trash2 />
          </Button>
        )}
      </div>
      <Choices
        label={texts.whom}
        error={wrong("notify")}
        options={RECIPIENTS.map((each) => ({ value: each, label: escalationTexts.recipients[each] }))}
        chosen={step.notify}
        onChange={(notify) => onChange({ notify })}
      />
      {step.notify.includes("members") && (
        <Choices
          label={texts.people}
          error={wrong("memberIds")}
          options={(whoAnswers(members.data) ?? []).map(({ id, email }) => ({ value: id, label: shortName(email) }))}
          chosen={step.memberIds}
          onChange={(memberIds) => onChange({ memberIds })}
        />
      )}
      {step.notify.some((each) => each !== "webhook") && (
        <Choices
          label={texts.how}
          error={wrong("channels")}
          options={[
            { value: AS_PREFERRED, label: texts.byPreference },
            ...CHANNELS.map((each) => ({ value: each, label: escalationTexts.channels[each] })),
          ]}
          chosen={step.channels ?? [AS_PREFERRED]}
          onChange={(chosen) => {
            const channels = CHANNELS.filter((each) => chosen.includes(each));
            const isPreferred = channels.length === 0 || (chosen.includes(AS_PREFERRED) && step.channels !== null);
            onChange({ channels: isPreferred ? null : channels });
          }}
        />
      )}
    </section>
  );
}
