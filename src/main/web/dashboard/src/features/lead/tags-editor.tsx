import { useQuery } from "@tanstack/react-query";
import { X } from "lucide-react";
import { type KeyboardEvent, type Ref, useId, useState } from "react";

import { Badge } from "@/components/ui/badge";
import { Field, Input } from "@/components/ui/field";
import { texts } from "@/features/lead/texts";
import { useLeadActions } from "@/leads/actions";
import type { LeadInFull } from "@/leads/lead";
import { tagsQuery } from "@/leads/queries";

/** The words a lead is found by; Enter or a comma adds one, backspace in the empty field takes the last one away. */
export function TagsEditor({
  lead,
  isFixed,
  field,
}: {
  lead: LeadInFull;
  isFixed: boolean;
  field: Ref<HTMLInputElement>;
}) {
  const { tag } = useLeadActions();
  const known = useQuery({ ...tagsQuery(), enabled: !isFixed });
  const [typed, setTyped] = useState("");
  const list = useId();
  const add = () => {
    const word = typed.trim().toLocaleLowerCase();
    setTyped("");
    if (word && !lead.tags.includes(word)) {
      void tag(lead.id, [...lead.tags, word]);
    }
  };
  const remove = (word: string) =>
    void tag(
      lead.id,
      lead.tags.filter((each) => each !== word),
    );
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.key === "Enter" || event.key === ",") {
      event.preventDefault();
      add();
    } else if (event.key === "Backspace" && typed === "" && lead.tags.length > 0) {
      remove(lead.tags.at(-1)!);
    } else if (event.key === "Escape") {
      event.currentTarget.blur();
    }
  };
  return (
    <Field label={texts.tags}>
      {lead.tags.length > 0 && (
        <ul aria-label={texts.tags} className="flex flex-wrap gap-1.5">
          {lead.tags.map((each) => (
            <li key={each}>
              <Badge className="pe-1">
                {each}
                {!isFixed && (
                  <button
                    type="button"
                    aria-label={`Remove ${each}`}
                    onClick={() => remove(each)}
                    className="grid size-6 place-items-center rounded-full hover:bg-line"
                  >
                    <X />
                  </button>
                )}
              </Badge>
            </li>
          ))}
        </ul>
      )}
      {!isFixed && (
        <>
          <Input
            ref={field}
            maxLength={40}
            list={list}
            autoComplete="off"
            placeholder={texts.addTag}
            value={typed}
            onChange={(event) => setTyped(event.target.value)}
            onKeyDown={onKeyDown}
            onBlur={add}
          />
          <datalist id={list}>
            {known.data
              ?.filter(({ name }) => !lead.tags.includes(name))
              .map(({ name }) => (
                <option key={name} value={name} />
              ))}
          </datalist>
        </>
      )}
      {isFixed && lead.tags.length === 0 && <p className="text-s text-soft">{texts.none}</p>}
    </Field>
  );
}
