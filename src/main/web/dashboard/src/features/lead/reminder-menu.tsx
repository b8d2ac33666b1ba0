import { AlarmClock, AlarmClockOff, CalendarClock } from "lucide-react";
import { type FormEvent, useState } from "react";

import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field, Input } from "@/components/ui/field";
import { Menu, MenuItem, MenuLabel } from "@/components/ui/menu";
import { Tooltip } from "@/components/ui/tooltip";
import { callAgainAt } from "@/features/lead/call-again";
import { texts } from "@/features/lead/texts";
import { useLeadActions } from "@/leads/actions";
import type { LeadInFull } from "@/leads/lead";
import { nameOf } from "@/leads/names";
import { shortMoment } from "@/lib/format";
import { useNow } from "@/lib/use-now";

/** Puts a lead off until a time, at which it comes back. */
export function ReminderMenu({ lead }: { lead: LeadInFull }) {
  const { remind, cancelReminder } = useLeadActions();
  const [isPicking, setPicking] = useState(false);
  const now = useNow();
  const isSet = lead.callAgainAt !== null && Date.parse(lead.callAgainAt) > now;
  return (
    <>
      <Tooltip label={texts.remind}>
        <Menu
          trigger={
            <Button size="icon" aria-label={texts.remind}>
              <AlarmClock />
            </Button>
          }
        >
          <MenuLabel>{isSet ? texts.remindedAt(shortMoment(lead.callAgainAt!)) : texts.remind}</MenuLabel>
          {(["30", "120", "tomorrow"] as const).map((each) => (
            <MenuItem key={each} onSelect={() => void remind(lead.id, callAgainAt(each, "")!)}>
              <AlarmClock /> {texts.times[each]}
            </MenuItem>
          ))}
          <MenuItem onSelect={() => setPicking(true)}>
            <CalendarClock /> {texts.times.pick}
          </MenuItem>
          {isSet && (
            <MenuItem onSelect={() => void cancelReminder(lead.id)}>
              <AlarmClockOff /> {texts.cancelReminder}
            </MenuItem>
          )}
        </Menu>
      </Tooltip>
      {isPicking && (
        <PickTime
          lead={lead}
          onClose={() => setPicking(false)}
          onPicked={(at) => {
            setPicking(false);
            void remind(lead.id, at);
          }}
        />
      )}
    </>
  );
}

function PickTime({
  lead,
  onPicked,
  onClose,
}: {
  lead: LeadInFull;
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
