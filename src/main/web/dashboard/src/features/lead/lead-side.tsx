import { useQuery } from "@tanstack/react-query";
import type { Ref } from "react";

import { Button } from "@/components/ui/button";
import { Field, Select } from "@/components/ui/field";
import { Panel } from "@/components/ui/page";
import { TagsEditor } from "@/features/lead/tags-editor";
import { texts } from "@/features/lead/texts";
import { useLeadActions } from "@/leads/actions";
import { type LeadInFull, PRIORITIES, type Priority } from "@/leads/lead";
import { shortName, whoAnswers } from "@/leads/names";
import { membersQuery } from "@/leads/queries";
import { leadTexts } from "@/leads/texts";
import { currentSession, mayWrite } from "@/lib/session";

/** Whose it is, how urgent, and what colleagues should know. */
export function LeadSide({ lead, tagField }: { lead: LeadInFull; tagField: Ref<HTMLInputElement> }) {
  const members = useQuery(membersQuery());
  const actions = useLeadActions();
  const me = currentSession()?.person.id;
  const isFixed = !mayWrite() || lead.quarantinedAt !== null;
  return (
    <Panel>
      <div className="grid grid-cols-1 gap-4 p-4 sm:grid-cols-2 2xl:grid-cols-1">
        <Field label={texts.assign}>
          <div className="flex gap-2">
            <Select
              aria-label={texts.assign}
              disabled={isFixed}
              value={lead.assignedTo ?? ""}
              onChange={(event) => void actions.assign(lead.id, event.target.value || null)}
            >
              <option value="">{texts.nobody}</option>
              {whoAnswers(members.data, lead.assignedTo)?.map(({ id, email }) => (
                <option key={id} value={id}>
                  {shortName(email)}
                  {id === me && " (you)"}
                </option>
              ))}
            </Select>
            {!isFixed && me !== undefined && lead.assignedTo !== me && (
              <Button onClick={() => void actions.assign(lead.id, me)}>{texts.takeIt}</Button>
            )}
          </div>
        </Field>
        <Field label={texts.priority}>
          <Select
            disabled={isFixed}
            value={lead.priority}
            onChange={(event) => void actions.prioritise(lead.id, event.target.value as Priority)}
          >
            {PRIORITIES.map((each) => (
              <option key={each} value={each}>
                {leadTexts.priorities[each]}
              </option>
            ))}
          </Select>
        </Field>
        <TagsEditor lead={lead} isFixed={isFixed} field={tagField} />
      </div>
    </Panel>
  );
}
