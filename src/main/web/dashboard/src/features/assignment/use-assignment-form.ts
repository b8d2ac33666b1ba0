import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";

import {
  type AssignmentRule,
  type Draft,
  draft,
  given,
  type Rota,
  type RotaException,
  type Shift,
} from "@/features/assignment/assignment";
import { rotaQuery, rulesQuery } from "@/features/assignment/queries";
import { texts } from "@/features/assignment/texts";
import { answered, api, fieldError } from "@/lib/api";
import { notify } from "@/lib/notify";

interface Drafts {
  readonly rules: readonly AssignmentRule[];
  readonly shifts: readonly Draft<Shift>[];
  readonly exceptions: readonly Draft<RotaException>[];
}

const bodies = ({ rules, shifts, exceptions }: Drafts) => ({
  rules: { items: [...rules] },
  rota: { shifts: shifts.map(given), exceptions: exceptions.map(given) },
});

const same = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other);

/** Rules and rota as they are edited, saved together; what the service refuses is said where it stands. */
export function useAssignmentForm(rules: readonly AssignmentRule[], rota: Rota) {
  const client = useQueryClient();
  const start = (): Drafts => ({
    rules,
    shifts: rota.shifts.map(draft),
    exceptions: rota.exceptions.map(draft),
  });
  const [before, setBefore] = useState(start);
  const [drafts, setDrafts] = useState(before);
  const now = bodies(drafts);
  const was = bodies(before);
  const isDirty = !same(now, was);
  const known = { rules: { items: [...rules] }, rota: { shifts: rota.shifts, exceptions: rota.exceptions } };
  // Saved here, or changed by somebody else meanwhile.
  if (!isDirty && !same(known, was)) {
    const from = start();
    setBefore(from);
    setDrafts(from);
  }

  const saveRota = useMutation({ mutationFn: () => answered(api.PUT("/api/rota", { body: now.rota })) });
  const saveRules = useMutation({ mutationFn: () => answered(api.PUT("/api/assignment-rules", { body: now.rules })) });
  const save = useMutation({
    mutationFn: async () => {
      // The rota first: a rule may need it.
      if (!same(now.rota, was.rota)) {
        client.setQueryData(rotaQuery().queryKey, await saveRota.mutateAsync());
        setBefore((saved) => ({ ...saved, shifts: drafts.shifts, exceptions: drafts.exceptions }));
      }
      if (!same(now.rules, was.rules)) {
        client.setQueryData(rulesQuery().queryKey, (await saveRules.mutateAsync()).items);
        setBefore((saved) => ({ ...saved, rules: drafts.rules }));
      }
    },
    onSuccess: () => notify({ title: texts.saved, tone: "good" }),
  });
  return {
    drafts,
    isDirty,
    isSaving: save.isPending,
    error: save.error,
    change: (part: Partial<Drafts>) => setDrafts((each) => ({ ...each, ...part })),
    discard: () => {
      setDrafts(before);
      save.reset();
      saveRota.reset();
      saveRules.reset();
    },
    submit: () => save.mutate(),
    errorOfRule: (index: number, field: string) => fieldError(saveRules.error, `items.${index}.${field}`),
    errorOfShift: (index: number) => fieldError(saveRota.error, `shifts.${index}`),
    errorOfException: (index: number) => fieldError(saveRota.error, `exceptions.${index}`),
  };
}
