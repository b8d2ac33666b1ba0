import { useQuery } from "@tanstack/react-query";
import { type FormEvent, useId, useState } from "react";

import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field, Input } from "@/components/ui/field";
import { filterTexts } from "@/features/inbox/filter-texts";
import { tagsQuery } from "@/leads/queries";

/** Asks for one tag: one of the business's, or a new word. */
export function TagDialog({
  title,
  onClose,
  onChosen,
}: {
  title: string;
  onClose: () => void;
  onChosen: (tag: string) => void;
}) {
  const tags = useQuery(tagsQuery());
  const [tag, setTag] = useState("");
  const list = useId();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onChosen(tag.trim());
    onClose();
  };
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()} title={title}>
      <form onSubmit={submit} className="grid gap-4">
        <Field label={filterTexts.tag} hint={filterTexts.tagHint}>
          <Input
            autoFocus
            required
            maxLength={40}
            pattern="[^,]*\S[^,]*"
            list={list}
            autoComplete="off"
            value={tag}
            onChange={(event) => setTag(event.target.value)}
          />
        </Field>
        <datalist id={list}>
          {tags.data?.map(({ name }) => (
            <option key={name} value={name} />
          ))}
        </datalist>
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>{filterTexts.cancel}</Button>
          <Button type="submit" variant="primary">
            {title}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
