import { useEffect } from "react";

import { texts } from "@/app/texts";
import { COMMAND, KEYS_EVERYWHERE } from "@/lib/keys";
import { notify } from "@/lib/notify";
import { isElsewhere, keyOf, useShortcuts } from "@/lib/shortcuts";
import { undoLast } from "@/lib/undo";

/** `z`, and outside of fields also the key that undoes everywhere, undo what was done last. */
export function useUndoKeys(): void {
  const undo = () => {
    if (!undoLast()) {
      notify({ title: texts.nothingToUndo });
    }
  };
  useShortcuts([{ ...KEYS_EVERYWHERE.undo, run: undo }]);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const isMeant = (COMMAND === "⌘" ? event.metaKey : event.ctrlKey) && !event.altKey && !event.shiftKey;
      if (isMeant && !event.defaultPrevented && !event.repeat && keyOf(event) === "z" && !isElsewhere(event)) {
        event.preventDefault();
        undo();
      }
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, []);
}
