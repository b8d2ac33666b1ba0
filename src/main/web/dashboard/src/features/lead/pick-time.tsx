import { type FormEvent, useState } from "react";

import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field, Input } from "@/components/ui/field";
import { callAgainAt } from "@/features/lead/call-again";
import { texts } from "@/features/lead/texts";
import type { Lead } from "@/leads/lead";
import { nameOf } from "@/leads/names";

/** Asks for a time of one's own. */
export function PickTime({
  lead,
  onPicked,
  onClose,
}: {
  lead: Lead;
  onPicked: (at: string) => void;
  onClose: () => void;
}) {
  const [picked, setPicked] = useState("");
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const at = callAgainAt("pick", picked);
    if (at) {
      onPicked(at);
    }
  };
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()} title={texts.remind} description={nameOf(lead)}>
      <form onSubmit={submit} className="grid gap-4">
        <Field label={texts.when}>
          <Input type="datetime-local" required value={picked} onChange={(event) => setPicked(event.target.value)} />
        </Field>
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>{texts.notNow}</Button>
          <Button type="submit" variant="primary">
            {texts.save}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
