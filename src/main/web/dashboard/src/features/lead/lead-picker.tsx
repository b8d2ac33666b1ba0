import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import { Command as Cmdk } from "cmdk";
import { useLayoutEffect, useState } from "react";

import { Dialog } from "@/components/ui/dialog";
import { takeKeys } from "@/components/ui/keys-held";
import { PickTime } from "@/features/lead/pick-time";
import { texts } from "@/features/lead/texts";
import { useFinish } from "@/features/lead/use-finish";
import { useLeadActions } from "@/leads/actions";
import { knownLead } from "@/leads/cache";
import { type Lead, PRIORITIES } from "@/leads/lead";
import { nameOf, shortName, whoAnswers } from "@/leads/names";
import { closePicker, type PickerKind, usePicker } from "@/leads/picker";
import { membersQuery, snoozeTimesQuery } from "@/leads/queries";
import { leadTexts } from "@/leads/texts";
import { shortMoment } from "@/lib/format";
import { currentSession } from "@/lib/session";

interface Choice {
  readonly label: string;
  readonly about?: string;
  readonly isCurrent?: boolean;
  readonly run: () => void;
}

/** A choice about a lead by its name: priority, assignee, or until when it is snoozed. */
export function LeadPicker() {
  const open = usePicker((state) => state.open);
  const client = useQueryClient();
  const lead = open && knownLead(client, open.leadId);
  return open && lead ? <Picker key={open.kind} kind={open.kind} lead={lead} /> : null;
}

function Picker({ kind, lead }: { kind: PickerKind; lead: Lead }) {
  const [isPicking, setPicking] = useState(false);
  const [typed, setTyped] = useState("");
  useLayoutEffect(() => setTyped(takeKeys()), []);
  const snooze = useSnooze(lead);
  const choices = useChoices(kind, lead, snooze);
  if (isPicking) {
    return <PickTime lead={lead} onClose={closePicker} onPicked={(at) => (closePicker(), snooze(at))} />;
  }
  return (
    <Dialog
      open
      onOpenChange={(isOpen) => !isOpen && closePicker()}
      title={texts.pick[kind]}
      description={nameOf(lead)}
      className="gap-2 sm:w-[min(24rem,calc(100vw-2rem))]"
    >
      <Cmdk loop label={texts.pick[kind]} className="grid gap-2">
        <Cmdk.Input
          value={typed}
          onValueChange={setTyped}
          placeholder={texts.pick.find}
          className="h-10 rounded-m border border-edge bg-surface px-3 text-m"
        />
        <Cmdk.List label={texts.pick[kind]} className="max-h-72 overflow-y-auto">
          <Cmdk.Empty className="px-3 py-2 text-s text-soft">{texts.pick.nothing}</Cmdk.Empty>
          {choices.map(({ label, about, isCurrent, run }) => (
            <Cmdk.Item
              key={label}
              value={label}
              onSelect={() => {
                closePicker();
                run();
              }}
              className="flex min-h-10 cursor-default items-center justify-between gap-3 rounded-m px-3 py-1.5 text-s max-md:min-h-12 data-[selected=true]:bg-accent-soft data-[selected=true]:text-accent-strong"
            >
              <span>{label}</span>
              <span className="text-xs text-soft">{isCurrent ? texts.pick.current : about}</span>
            </Cmdk.Item>
          ))}
          {kind === "snooze" && (
            <Cmdk.Item
              value={texts.pick.otherTime}
              onSelect={() => setPicking(true)}
              className="flex min-h-10 cursor-default items-center rounded-m px-3 py-1.5 text-s max-md:min-h-12 data-[selected=true]:bg-accent-soft data-[selected=true]:text-accent-strong"
            >
              {texts.pick.otherTime}
            </Cmdk.Item>
          )}
        </Cmdk.List>
      </Cmdk>
    </Dialog>
  );
}

/** Snoozes a lead, and goes on to the next one where the lead is open. */
function useSnooze(lead: Lead): (at: string) => void {
  const { remind } = useLeadActions();
  const { leadId } = useParams({ strict: false });
  const finish = useFinish(lead.id);
  return (at) => (leadId === lead.id ? finish(() => remind(lead.id, at)) : void remind(lead.id, at));
}

function useChoices(kind: PickerKind, lead: Lead, snooze: (at: string) => void): readonly Choice[] {
  const actions = useLeadActions();
  const members = useQuery({ ...membersQuery(), enabled: kind === "assign" });
  const times = useQuery({ ...snoozeTimesQuery(), enabled: kind === "snooze" });
  const me = currentSession()?.person.id;
  switch (kind) {
    case "priority":
      return PRIORITIES.map((each) => ({
        label: leadTexts.priorities[each],
        isCurrent: each === lead.priority,
        run: () => void (each !== lead.priority && actions.prioritise(lead.id, each)),
      }));
    case "assign":
      return [
        ...(whoAnswers(members.data, lead.assignedTo) ?? []).map(({ id, email }) => ({
          label: shortName(email),
          ...(id === me && { about: texts.pick.you }),
          isCurrent: id === lead.assignedTo,
          run: () => void (id !== lead.assignedTo && actions.assign(lead.id, id)),
        })),
        {
          label: texts.nobody,
          isCurrent: lead.assignedTo === null,
          run: () => void (lead.assignedTo !== null && actions.assign(lead.id, null)),
        },
      ];
    case "snooze": {
      const isSet = lead.callAgainAt !== null && Date.parse(lead.callAgainAt) > Date.now();
      return [
        ...(times.data ?? []).map(({ name, at }) => ({
          label: texts.snoozeTimes[name],
          about: shortMoment(at),
          run: () => snooze(at),
        })),
        ...(isSet ? [{ label: texts.cancelReminder, run: () => void actions.cancelReminder(lead.id) }] : []),
      ];
    }
  }
}
