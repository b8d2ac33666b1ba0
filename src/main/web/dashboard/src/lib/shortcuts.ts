import { useEffect, useRef } from "react";
import { create } from "zustand";

/** Something that keys do on the page that is shown. */
export interface Shortcut {
  /** One key such as `j`, `Enter` or `?`, or two after each other such as `g i`. */
  readonly keys: string;
  readonly label: string;
  readonly group: string;
  readonly run: () => void;
}

interface Registry {
  readonly shortcuts: readonly Shortcut[];
}

/** All that is possible now: what the help lists and the command palette offers. */
export const useShortcutRegistry = create<Registry>(() => ({ shortcuts: [] }));

/** Makes shortcuts work while the component is there. Of the same keys the one that came last wins. */
export function useShortcuts(shortcuts: readonly Shortcut[]): void {
  const latest = useRef(shortcuts);
  latest.current = shortcuts;
  const shape = shortcuts.map((each) => `${each.keys}|${each.label}`).join("\n");
  useEffect(() => {
    const mine = latest.current.map((each, index) => ({ ...each, run: () => latest.current[index]?.run() }));
    useShortcutRegistry.setState((state) => ({ shortcuts: [...state.shortcuts, ...mine] }));
    return () =>
      useShortcutRegistry.setState((state) => ({ shortcuts: state.shortcuts.filter((each) => !mine.includes(each)) }));
  }, [shape]);
}

const BETWEEN_KEYS_MS = 1_200;
let before: { key: string; at: number } | undefined;

function isTyping(event: KeyboardEvent): boolean {
  const target = event.target as HTMLElement | null;
  return !!target?.closest(
    "input, textarea, select, [contenteditable=true], [role=menu], [role=dialog], [role=listbox]",
  );
}

/** Hears keys for the whole page; mounted once. Nothing happens while somebody types or a dialog is open. */
export function listenForShortcuts(): () => void {
  const onKey = (event: KeyboardEvent) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || isTyping(event)) {
      return;
    }
    // Enter and space belong to what has the focus.
    if ((event.key === "Enter" || event.key === " ") && (event.target as HTMLElement).closest("a, button, summary")) {
      return;
    }
    const all = useShortcutRegistry.getState().shortcuts.toReversed();
    const sequence = before && event.timeStamp - before.at < BETWEEN_KEYS_MS ? `${before.key} ${event.key}` : undefined;
    const found = all.find((each) => each.keys === sequence) ?? all.find((each) => each.keys === event.key);
    before = { key: event.key, at: event.timeStamp };
    if (found) {
      event.preventDefault();
      before = undefined;
      found.run();
    }
  };
  window.addEventListener("keydown", onKey);
  return () => window.removeEventListener("keydown", onKey);
}
