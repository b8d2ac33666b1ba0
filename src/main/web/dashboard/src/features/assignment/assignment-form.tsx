import type { FormEvent } from "react";

import { Panel } from "@/components/ui/page";
import type { AssignmentRule, Member, Rota } from "@/features/assignment/assignment";
import { ExceptionsEditor } from "@/features/assignment/exceptions-editor";
import { RotaEditor } from "@/features/assignment/rota-editor";
import { RulesEditor } from "@/features/assignment/rules-editor";
import { texts } from "@/features/assignment/texts";
import { useAssignmentForm } from "@/features/assignment/use-assignment-form";
import { SaveBar } from "@/features/business";
import { whoAnswers } from "@/leads/names";
import { otherErrors } from "@/lib/api";
import { isOwner } from "@/lib/session";

/** Rules and rota in one form: they are saved together. */
export function AssignmentForm({
  rules,
  rota,
  members,
}: {
  rules: readonly AssignmentRule[];
  rota: Rota;
  members: readonly Member[];
}) {
  const form = useAssignmentForm(rules, rota);
  const { drafts, change } = form;
  const answering = whoAnswers(members) ?? [];
  const submit = (event: FormEvent) => {
    event.preventDefault();
    form.submit();
  };
  return (
    <form onSubmit={submit} noValidate>
      <fieldset disabled={!isOwner()} className="grid min-w-0 gap-5">
        {!isOwner() && <p className="text-s text-soft">{texts.readOnly}</p>}
        <Panel title={texts.rules}>
          <RulesEditor
            rules={drafts.rules}
            members={answering}
            onChange={(changed) => change({ rules: changed })}
            errorOf={form.errorOfRule}
          />
        </Panel>
        <Panel title={texts.rota}>
          <p className="border-b border-line px-4 py-2.5 text-s text-soft">{texts.rotaAbout}</p>
          <RotaEditor
            shifts={drafts.shifts}
            members={answering}
            onChange={(shifts) => change({ shifts })}
            errorOf={form.errorOfShift}
            disabled={!isOwner()}
          />
        </Panel>
        <Panel title={texts.exceptions}>
          <p className="border-b border-line px-4 py-2.5 text-s text-soft">{texts.exceptionsAbout}</p>
          <ExceptionsEditor
            exceptions={drafts.exceptions}
            members={answering}
            onChange={(exceptions) => change({ exceptions })}
            errorOf={form.errorOfException}
            disabled={!isOwner()}
          />
        </Panel>
        <SaveBar
          isDirty={form.isDirty}
          isSaving={form.isSaving}
          problem={otherErrors(form.error, ["items", "shifts", "exceptions"]) ?? (form.error ? texts.fix : undefined)}
          onDiscard={form.discard}
        />
      </fieldset>
    </form>
  );
}
