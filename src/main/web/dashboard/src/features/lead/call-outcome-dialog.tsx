import { CalendarCheck, PhoneMissed, PhoneOff, ThumbsDown, UserCheck, Voicemail } from "lucide-react";
import { type FormEvent, useState } from "react";

import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field, Input, Select, Textarea } from "@/components/ui/field";
import { type Again, callAgainAt } from "@/features/lead/call-again";
import { texts } from "@/features/lead/texts";
import { useFinish } from "@/features/lead/use-finish";
import { useLeadActions } from "@/leads/actions";
import type { CallOutcome, LeadInFull } from "@/leads/lead";
import { nameOf } from "@/leads/names";
import { leadTexts } from "@/leads/texts";
import { cn } from "@/lib/cn";

const OUTCOMES: readonly { value: CallOutcome; icon: typeof UserCheck }[] = [
  { value: "reached", icon: UserCheck },
  { value: "booked", icon: CalendarCheck },
  { value: "no_answer", icon: PhoneMissed },
  { value: "voicemail", icon: Voicemail },
  { value: "wrong_number", icon: PhoneOff },
  { value: "not_interested", icon: ThumbsDown },
];

/** Asks what came of a call. */
export function CallOutcomeDialog({ lead, onClose }: { lead: LeadInFull; onClose: () => void }) {
  const { recordCall } = useLeadActions();
  const finish = useFinish(lead.id);
  const [outcome, setOutcome] = useState<CallOutcome>();
  const [again, setAgain] = useState<Again | "rule">("rule");
  const [picked, setPicked] = useState("");
  const [note, setNote] = useState("");
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!outcome) {
      return;
    }
    const at = outcome === "no_answer" && again !== "rule" ? callAgainAt(again, picked) : undefined;
    onClose();
    finish(() =>
      recordCall(lead.id, outcome, { ...(at && { callAgainAt: at }), ...(note.trim() && { note: note.trim() }) }),
    );
  };
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()} title={texts.outcome} description={nameOf(lead)}>
      <form onSubmit={submit} className="grid gap-4">
        <fieldset className="grid gap-2 sm:grid-cols-2">
          <legend className="sr-only">{texts.outcome}</legend>
          {OUTCOMES.map(({ value, icon: Icon }) => (
            <label
              key={value}
              className={cn(
                "flex min-h-14 cursor-pointer items-center gap-3 rounded-m border border-line p-3 has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-focus",
                outcome === value && "border-accent bg-accent-soft",
              )}
            >
              <input
                type="radio"
                name="outcome"
                required
                value={value}
                checked={outcome === value}
                onChange={() => setOutcome(value)}
                className="sr-only"
              />
              <Icon className="size-5 shrink-0 text-accent" />
              <span>
                <span className="block font-medium">{leadTexts.outcomes[value]}</span>
                <span className="block text-xs text-soft">{texts.afterOutcome[value]}</span>
              </span>
            </label>
          ))}
        </fieldset>
        {outcome === "no_answer" && (
          <div className="grid gap-3 sm:grid-cols-2">
            <Field label={texts.callAgain}>
              <Select value={again} onChange={(event) => setAgain(event.target.value as Again | "rule")}>
                <option value="rule">{texts.asSet}</option>
                {(["30", "120", "tomorrow", "pick"] as const).map((each) => (
                  <option key={each} value={each}>
                    {texts.times[each]}
                  </option>
                ))}
              </Select>
            </Field>
            {again === "pick" && (
              <Field label={texts.when}>
                <Input
                  type="datetime-local"
                  required
                  value={picked}
                  onChange={(event) => setPicked(event.target.value)}
                />
              </Field>
            )}
          </div>
        )}
        <Field label={texts.note} optional>
          <Textarea
            maxLength={4000}
            value={note}
            onChange={(event) => setNote(event.target.value)}
            className="min-h-16"
          />
        </Field>
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>{texts.notNow}</Button>
          <Button type="submit" variant="primary" disabled={!outcome}>
            {texts.save}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
