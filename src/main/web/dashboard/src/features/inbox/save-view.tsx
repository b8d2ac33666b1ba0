import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";

import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { Dialog } from "@/components/ui/dialog";
import { Field, Input } from "@/components/ui/field";
import { NOTHING } from "@/features/inbox/search";
import { useInboxNavigation } from "@/features/inbox/use-inbox";
import { leadKeys } from "@/leads/queries";
import { answered, api, type components, fieldError, idempotencyKey, otherErrors } from "@/lib/api";
import { notify } from "@/lib/notify";

type View = components["schemas"]["View"];

/** Keeps what is shown under a name, or changes the name of what was kept. */
export function SaveView({
  filter,
  view,
  onClose,
}: {
  filter: Record<string, unknown>;
  view?: View;
  onClose: () => void;
}) {
  const client = useQueryClient();
  const { narrow } = useInboxNavigation();
  const [name, setName] = useState(view?.name ?? "");
  const [isShared, setShared] = useState(view?.isShared ?? false);
  const [key] = useState(idempotencyKey);
  const save = useMutation({
    mutationFn: () =>
      view
        ? answered(
            api.PUT("/api/views/{id}", {
              params: { path: { id: view.id } },
              body: { name, filter: view.filter, isShared, position: view.position },
            }),
          )
        : answered(
            api.POST("/api/views", {
              params: { header: { "Idempotency-Key": key } },
              body: { name, filter, isShared, position: 0 },
            }),
          ),
    onSuccess: async (saved) => {
      await client.invalidateQueries({ queryKey: ["views"] });
      void client.invalidateQueries({ queryKey: leadKeys.counts });
      notify({ title: `“${saved.name}” is saved.`, tone: "good" });
      if (!view) {
        narrow({ ...NOTHING, view: undefined, saved: saved.id, sort: undefined });
      }
      onClose();
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate();
  };
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()} title={view ? "Change the view" : "Save this view"}>
      <form onSubmit={submit} className="grid gap-4">
        <Field label="Name" error={fieldError(save.error, "name") ?? otherErrors(save.error, ["name"])}>
          <Input autoFocus required maxLength={60} value={name} onChange={(event) => setName(event.target.value)} />
        </Field>
        <label className="flex items-center gap-3 text-s">
          <Checkbox checked={isShared} onCheckedChange={(on) => setShared(on === true)} />
          Everybody in the business sees it
        </label>
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" variant="primary" disabled={save.isPending}>
            Save
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
