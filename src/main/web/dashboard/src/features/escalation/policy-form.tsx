import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Plus } from "lucide-react";
import { type FormEvent, useState } from "react";

import { Button } from "@/components/ui/button";
import { Confirm } from "@/components/ui/confirm";
import { Dialog } from "@/components/ui/dialog";
import { Field, Input, Select } from "@/components/ui/field";
import { Choices } from "@/features/escalation/choices";
import { bodyOf, type Draft, draftOf, MOST_STEPS, type Policy, type Step } from "@/features/escalation/policy";
import { policiesQuery } from "@/features/escalation/queries";
import { StepEditor } from "@/features/escalation/step-editor";
import { texts } from "@/features/escalation/texts";
import { PRIORITIES } from "@/leads/lead";
import { useFunnelName } from "@/leads/names";
import { funnelsQuery } from "@/leads/queries";
import { answered, api, fieldError, otherErrors } from "@/lib/api";
import { notify } from "@/lib/notify";
import { useIdempotencyKey } from "@/lib/use-idempotency-key";

const REPEATS = [0, 1, 2, 3, 5, 10];

/** Writes a policy. */
export function PolicyForm({ policy, onClose }: { policy?: Policy | undefined; onClose: () => void }) {
  const client = useQueryClient();
  const funnels = useQuery(funnelsQuery());
  const funnelName = useFunnelName();
  const [before] = useState(() => draftOf(policy));
  const [draft, setDraft] = useState(before);
  const [isLeaving, setLeaving] = useState(false);
  const body = bodyOf(draft);
  const key = useIdempotencyKey(body);
  const save = useMutation({
    mutationFn: () =>
      answered(
        policy
          ? api.PUT("/api/escalation-policies/{id}", { params: { path: { id: policy.id } }, body })
          : api.POST("/api/escalation-policies", { params: { header: { "Idempotency-Key": key } }, body }),
      ),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: policiesQuery().queryKey });
      notify({ title: texts.saved, tone: "good" });
      onClose();
    },
  });
  const change = (part: Partial<Draft>) => {
    setDraft((now) => ({ ...now, ...part }));
    save.reset();
  };
  const changeStep = (index: number, part: Partial<Step>) =>
    change({ steps: draft.steps.map((each, at) => (at === index ? { ...each, ...part } : each)) });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate();
  };
  const leave = () => (JSON.stringify(draft) !== JSON.stringify(before) ? setLeaving(true) : onClose());
  const wrong = (field: string) => fieldError(save.error, field);
  const shown = ["name", "openHoursOnly", "unit", "repeatAfter", ...draft.steps.flatMap((_, at) => stepFields(at))];
  const other = otherErrors(save.error, shown);
  const last = draft.steps.at(-1)!;

  return (
    <Dialog
      open
      onOpenChange={(open) => !open && leave()}
      title={policy ? texts.change : texts.add}
      className="sm:w-[min(42rem,calc(100vw-2rem))]"
      footer={
        <>
          <Button onClick={leave}>{texts.cancel}</Button>
          <Button variant="primary" type="submit" form="policy" disabled={save.isPending}>
            {texts.save}
          </Button>
        </>
      }
    >
      <form id="policy" onSubmit={submit} className="grid gap-5" noValidate>
        <Field label={texts.name} hint={texts.nameHint} error={wrong("name")}>
          <Input maxLength={100} value={draft.name} onChange={(event) => change({ name: event.target.value })} />
        </Field>
        <Choices
          label={texts.which}
          hint={texts.whichHint}
          options={PRIORITIES.map((each) => ({ value: each, label: texts.priorities[each] }))}
          chosen={draft.priorities}
          onChange={(priorities) => change({ priorities })}
        />
        {(funnels.data?.length ?? 0) > 1 && (
          <Choices
            label={texts.funnels}
            hint={texts.whichHint}
            options={funnels.data!.map(({ id }) => ({ value: id, label: funnelName(id) ?? id }))}
            chosen={draft.funnelIds}
            onChange={(funnelIds) => change({ funnelIds })}
          />
        )}
        <Choices
          options={[
            { value: "isActive", label: texts.active },
            { value: "openHoursOnly", label: texts.openHours },
          ]}
          chosen={(["isActive", "openHoursOnly"] as const).filter((each) => draft[each])}
          onChange={(chosen) =>
            change({ isActive: chosen.includes("isActive"), openHoursOnly: chosen.includes("openHoursOnly") })
          }
          error={wrong("openHoursOnly")}
        />
        <fieldset className="grid gap-3">
          <legend className="mb-2 font-semibold">{texts.steps}</legend>
          {draft.steps.map((each, index) => (
            <StepEditor
              key={index}
              nth={index + 1}
              step={each}
              unit={draft.unit}
              wrong={(field) => wrong(`steps.${index}.${field}`)}
              onChange={(part) => changeStep(index, part)}
              onRemove={
                draft.steps.length > 1
                  ? () => change({ steps: draft.steps.filter((_, at) => at !== index) })
                  : undefined
              }
            />
          ))}
          {draft.steps.length < MOST_STEPS && (
            <Button
              className="justify-self-start"
              onClick={() => change({ steps: [...draft.steps, { ...last, after: last.after + 15 }] })}
            >
              <Plus /> {texts.addStep}
            </Button>
          )}
        </fieldset>
        <div className="grid items-start gap-4 sm:grid-cols-2">
          <Field label={texts.repeats}>
            <Select value={draft.repeats} onChange={(event) => change({ repeats: Number(event.target.value) })}>
              {[...new Set([...REPEATS, draft.repeats])]
                .sort((a, b) => a - b)
                .map((each) => (
                  <option key={each} value={each}>
                    {texts.repeatTimes(each)}
                  </option>
                ))}
            </Select>
          </Field>
          <Field label={texts.repeatAfter(draft.unit)} hint={texts.repeatAfterHint} error={wrong("repeatAfter")}>
            <Input
              type="number"
              inputMode="numeric"
              min={1}
              max={10_080}
              value={Number.isNaN(draft.repeatAfter) ? "" : draft.repeatAfter}
              onChange={(event) => change({ repeatAfter: event.target.valueAsNumber })}
            />
          </Field>
        </div>
        {draft.unit === "seconds" && (
          <Field label={texts.unit} error={wrong("unit")}>
            <Select value={draft.unit} onChange={(event) => change({ unit: event.target.value as Draft["unit"] })}>
              {(["minutes", "seconds"] as const).map((each) => (
                <option key={each} value={each}>
                  {texts.units[each]}
                </option>
              ))}
            </Select>
          </Field>
        )}
        {other && (
          <p role="alert" className="text-s text-danger">
            {other}
          </p>
        )}
      </form>
      <Confirm
        open={isLeaving}
        onOpenChange={setLeaving}
        title={texts.discardTitle}
        action={texts.discard}
        onConfirm={onClose}
      >
        {texts.discardAbout}
      </Confirm>
    </Dialog>
  );
}

const stepFields = (at: number) => ["after", "notify", "memberIds", "channels"].map((field) => `steps.${at}.${field}`);
