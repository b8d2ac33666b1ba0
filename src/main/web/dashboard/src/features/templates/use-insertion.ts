import { type RefObject, useRef } from "react";
import { flushSync } from "react-dom";

import { type Draft, insert, type Placeholder } from "@/features/templates/template";

type Place = "subject" | "body";
type Control = HTMLInputElement | HTMLTextAreaElement;

/** Puts placeholders into the field that was written in last, where its caret stood. */
export function useInsertion(draft: Draft, change: (part: Partial<Draft>) => void) {
  const subject = useRef<HTMLInputElement>(null);
  const body = useRef<HTMLTextAreaElement>(null);
  const last = useRef<Place>("body");
  const controls: Record<Place, RefObject<Control | null>> = { subject, body };

  const insertHere = (placeholder: Placeholder) => {
    const place = last.current === "subject" && draft.channel === "email" ? "subject" : "body";
    const control = controls[place].current;
    const from = control?.selectionStart ?? draft[place].length;
    const made = insert(draft[place], from, control?.selectionEnd ?? from, placeholder);
    // The caret can be set only in the text that is shown already.
    flushSync(() => change({ [place]: made.text }));
    control?.focus();
    control?.setSelectionRange(...made.select);
  };

  return {
    insertHere,
    subject: { ref: subject, onFocus: () => (last.current = "subject") },
    body: { ref: body, onFocus: () => (last.current = "body") },
  };
}
