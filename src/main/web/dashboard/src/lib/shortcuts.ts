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
  const shape = shortcuts.map((each) => `${each.keys}|${each.label}|${each.group}`).join("\n");
  useEffect(() => {
    const mine = latest.current.map((each, index) => ({ ...each, run: () => latest.current[index]?.run() }));
    useShortcutRegistry.setState((state) => ({ shortcuts: [...state.shortcuts, ...mine] }));
    return () =>
      useShortcutRegistry.setState((state) => ({ shortcuts: state.shortcuts.filter((each) => !mine.includes(each)) }));
  }, [shape]);
}

/** What keys do now, in the order in which it came: of the same keys only what wins. */
export function shortcutsInForce(shortcuts: readonly Shortcut[]): readonly Shortcut[] {
  return shortcuts.filter((each, index) => !shortcuts.slice(index + 1).some((later) => later.keys === each.keys));
}

const BETWEEN_KEYS_MS = 1_200;
/** What does no harm when it is done again and again while a key is held down. */
const REPEATABLE: readonly string[] = ["j", "k"];
const MODIFIERS: readonly string[] = ["Shift", "Control", "Alt", "AltGraph", "Meta", "CapsLock", "NumLock", "Fn"];
const WRITTEN_IN =
  'input:not([type="checkbox"], [type="radio"], [type="button"], [type="submit"], [type="file"], [type="color"]), textarea, select, [contenteditable]:not([contenteditable="false"]), [role="textbox"], [role="combobox"]';
const KEEPS_ITS_KEYS = '[role="menu"], [role="dialog"], [role="alertdialog"], [role="listbox"]';
const IN_FRONT =
  '[role="dialog"][data-state="open"], [role="alertdialog"][data-state="open"], [role="menu"][data-state="open"], [role="listbox"][data-state="open"]';

let before: { readonly key: string; readonly at: number } | undefined;

/** Whether a key belongs to a field, or to a dialog or menu in front of the page. */
export function isElsewhere(event: KeyboardEvent): boolean {
  const target = event.target instanceof Element ? event.target : undefined;
  // The focus may have fallen to the page behind, such as when the button that had it went away.
  return !!target?.closest(`${WRITTEN_IN}, ${KEEPS_ITS_KEYS}`) || document.querySelector(IN_FRONT) !== null;
}

/** The key by what stands on it; on a keyboard of other letters, the Latin one at its place. */
export function keyOf(event: KeyboardEvent): string {
  const { key, code, shiftKey } = event;
  if (!/^\p{Letter}$/u.test(key)) {
    return key;
  }
  const place = /^Key([A-Z])$/.exec(code)?.[1];
  const isLatin = /^\p{Script=Latin}$/u.test(key);
  const letter = isLatin || place === undefined ? key : place;
  // Caps lock is not meant; shift is.
  return shiftKey ? letter.toUpperCase() : letter.toLowerCase();
}

/** Hears keys for the whole page; mounted once. Nothing happens while somebody types or a dialog is open. */
export function listenForShortcuts(): () => void {
  const onKey = (event: KeyboardEvent) => {
    if (event.defaultPrevented || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) {
      before = undefined;
      return;
    }
    if (MODIFIERS.includes(event.key)) {
      return;
    }
    if (isElsewhere(event)) {
      before = undefined;
      return;
    }
    // Enter and space belong to what has the focus.
    const isPress = event.key === "Enter" || event.key === " ";
    if (isPress && event.target instanceof Element && event.target.closest("a, button, summary, [role=button]")) {
      return;
    }
    const key = keyOf(event);
    if (event.repeat && !REPEATABLE.includes(key)) {
      return;
    }
    const all = useShortcutRegistry.getState().shortcuts.toReversed();
    const first = before && event.timeStamp - before.at < BETWEEN_KEYS_MS ? before.key : undefined;
    const begins = (one: string) => all.some((each) => each.keys.startsWith(`${one} `));
    before = begins(key) ? { key, at: event.timeStamp } : undefined;
    // Whoever began a sequence did not mean the second key alone.
    const keys = first === undefined ? key : `${first} ${key}`;
    const found = all.find((each) => each.keys === keys);
    if (found) {
      event.preventDefault();
      before = undefined;
      found.run();
    }
  };
  window.addEventListener("keydown", onKey);
  return () => {
    before = undefined;
    window.removeEventListener("keydown", onKey);
  };
}
