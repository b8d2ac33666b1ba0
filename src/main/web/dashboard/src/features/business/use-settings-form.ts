import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";

import { settingsQuery } from "@/features/business/queries";
import {
  changeOf,
  type Draft,
  draftOf,
  type Holiday,
  isHalf,
  isIncomplete,
  type Settings,
  type SettingsChange,
  type Span,
} from "@/features/business/settings";
import { texts } from "@/features/business/texts";
import { answered, api, fieldError } from "@/lib/api";
import { notify } from "@/lib/notify";
import { sessionQuery } from "@/lib/session";

/** What is set and not saved yet, held against what the service knows. */
export function useSettingsForm(settings: Settings) {
  const client = useQueryClient();
  const [before, setBefore] = useState(settings);
  const [draft, setDraft] = useState(() => draftOf(settings));
  const [isChecked, setChecked] = useState(false);
  const change = changeOf(draft, before);
  const isDirty = Object.keys(change).length > 0;
  const start = (from: Settings) => {
    setBefore(from);
    setDraft(draftOf(from));
    setChecked(false);
  };
  if (settings !== before && !isDirty) {
    start(settings);
  }

  const save = useMutation({
    mutationFn: ({ body }: { body: SettingsChange; sent: Draft }) => answered(api.PATCH("/api/settings", { body })),
    onSuccess: (saved) => {
      client.setQueryData(settingsQuery().queryKey, saved);
      start(saved);
      // The business's name stands in the frame.
      void client.invalidateQueries({ queryKey: sessionQuery().queryKey });
      notify({ title: texts.saved, tone: "good" });
    },
  });

  /** The service names spans by their place in what was sent, whatever has been added or removed since. */
  const errorOf = (list: string, spans: (sent: Draft) => readonly Span[]) => (span: Span) => {
    if (isChecked && isHalf(span)) {
      return texts.incomplete;
    }
    const place = save.variables ? spans(save.variables.sent).indexOf(span) : -1;
    return place < 0 ? undefined : fieldError(save.error, `${list}.${place}`);
  };
  return {
    draft,
    isDirty,
    isSaving: save.isPending,
    error: save.error,
    isIncomplete: isChecked && isIncomplete(draft),
    change: (part: Partial<Draft>) => setDraft((now) => ({ ...now, ...part })),
    discard: () => {
      start(settings);
      save.reset();
    },
    submit: () => {
      setChecked(true);
      if (isDirty && !isIncomplete(draft)) {
        save.mutate({ body: change, sent: draft });
      }
    },
    errorOfSpan: errorOf("businessHours", ({ hours }) => hours),
    errorOfQuietSpan: errorOf("quietHours.spans", ({ quiet }) => quiet.spans),
    errorOfHoliday: (holiday: Holiday) => {
      if (isChecked && (holiday.date === "" || holiday.name.trim() === "" || holiday.spans.some(isHalf))) {
        return texts.holidayIncomplete;
      }
      const place = save.variables?.sent.holidays.indexOf(holiday) ?? -1;
      return place < 0 ? undefined : fieldError(save.error, `holidays.${place}`);
    },
  };
}
