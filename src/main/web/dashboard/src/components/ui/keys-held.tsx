import { useLayoutEffect, useRef } from "react";

let typed = "";

/** What was typed for a field before it was there. */
export function takeKeys(): string {
  const taken = typed;
  typed = "";
  return taken;
}

/** Stands for a part that will take the keys, while it is loaded: what is typed is kept for it and does nothing to the page. */
export function KeysHeld({ onEscape }: { onEscape: () => void }) {
  const escape = useRef(onEscape);
  escape.current = onEscape;
  useLayoutEffect(() => {
    typed = "";
    const hold = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) {
        return;
      }
      event.preventDefault();
      event.stopPropagation();
      if (event.key === "Escape") {
        escape.current();
      } else if (event.key === "Backspace") {
        typed = [...typed].slice(0, -1).join("");
      } else if ([...event.key].length === 1) {
        typed += event.key;
      }
    };
    window.addEventListener("keydown", hold, true);
    return () => window.removeEventListener("keydown", hold, true);
  }, []);
  return null;
}
