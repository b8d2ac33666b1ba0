import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";

import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { Dialog } from "@/components/ui/dialog";
import { Field, Input } from "@/components/ui/field";
import { NOTHING } from "@/features/inbox/search";
import { texts } from "@/features/inbox/texts";
import { useInboxNavigation } from "@/features/inbox/use-inbox";
import { leadKeys } from "@/leads/queries";
import { answered, api, type components, fieldError, otherErrors } from "@/lib/api";
import { notify } from "@/lib/notify";
import { mayWrite } from "@/lib/session";
import { useIdempotencyKey } from "@/lib/use-idempotency-key";

type View = components["schemas"]["View"];

const words = {
  save: "Save this view",
  change: "Change the view",
  name: "Name",
  shared: "Everybody in the business sees it",
  narrowed: "Keep the search and filters that are set now",
  cancel: "Cancel",
  submit: "Save",
};

/** Keeps what is shown under a name, or changes what was kept. */
export function SaveView({
  filter,
  view,
  isNarrowed,
  onClose,
}: {
  filter: Record<string, unknown>;
  view?: View;
  /** Whether more is set than the view has: it may become part of it. */
  isNarrowed: boolean;
  onClose: () => void;
}) {
  const client = useQueryClient();
  const { narrow } = useInboxNavigation();
  const [name, setName] = useState(view?.name ?? "");
  const [isShared, setShared] = useState(view?.isShared ?? false);
  const [isKept, setKept] = useState(false);
  const made = { name, filter, isShared, position: 0 };
  const key = useIdempotencyKey(made);
  const save = useMutation({
    mutationFn: () =>
      view
        ? answered(
            api.PUT("/api/views/{id}", {
              params: { path: { id: view.id } },
              body: { name, filter: isKept ? filter : view.filter, isShared, position: view.position },
            }),
          )
        : answered(
            api.POST("/api/views", {
              params: { header: { "Idempotency-Key": key } },
              body: made,
            }),
          ),
    onSuccess: async (saved) => {
      await client.invalidateQueries({ queryKey: ["views"] });
      void client.invalidateQueries({ queryKey: leadKeys.counts });
      notify({ title: texts.viewSaved(saved.name), tone: "good" });
      if (!view || isKept) {
        narrow({ ...NOTHING, view: undefined, sort: undefined, saved: saved.id });
      }
      onClose();
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate();
  };
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()} title={view ? words.change : words.save}>
      <form onSubmit={submit} className="grid gap-4">
        <Field label={words.name} error={fieldError(save.error, "name") ?? otherErrors(save.error, ["name"])}>
          <Input autoFocus required maxLength={60} value={name} onChange={(event) => setName(event.target.value)} />
        </Field>
        {isNarrowed && (
          <label className="flex min-h-9 items-center gap-3 text-s">
            <Checkbox checked={isKept} onCheckedChange={(on) => setKept(on === true)} />
            {words.narrowed}
          </label>
        )}
        {mayWrite() && (
          <label className="flex min-h-9 items-center gap-3 text-s">
            <Checkbox checked={isShared} onCheckedChange={(on) => setShared(on === true)} />
            {words.shared}
          </label>
        )}
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>{words.cancel}</Button>
          <Button type="submit" variant="primary" disabled={save.isPending}>
            {words.submit}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
