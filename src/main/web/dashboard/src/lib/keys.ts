import type { Shortcut } from "@/lib/shortcuts";

/** What a key does, and the part of a page that it belongs to. */
export type Key = Omit<Shortcut, "run">;

function keysOf<Name extends string>(
  group: string,
  keys: Record<Name, readonly [keys: string, label: string]>,
): Record<Name, Key> {
  const named = Object.entries<readonly [string, string]>(keys).map(([name, [each, label]]) => [
    name,
    { keys: each, label, group },
  ]);
  return Object.fromEntries(named) as Record<Name, Key>;
}

const IS_APPLE = /Mac|iPhone|iPad/.test(navigator.userAgent);
/** The key that goes with another for a command. */
export const COMMAND = IS_APPLE ? "⌘" : "Ctrl";

/** What the browser and dialogs hear by themselves. */
export const KEYS_EVERYWHERE = keysOf("Everywhere", {
  palette: [`${COMMAND} K`, "Search or do"],
  help: ["?", "This list"],
  undo: ["z", "Undo the last action"],
  close: ["Escape", "Close what is open"],
  press: ["Space", "Press the button in focus"],
});

export const KEYS_OF_LIST = keysOf("List", {
  next: ["j", "Next lead"],
  previous: ["k", "Previous lead"],
  open: ["Enter", "Open the lead"],
  search: ["/", "Search"],
  select: ["x", "Select the lead"],
  selectTo: ["X", "Select up to this lead"],
  acknowledge: ["a", "Acknowledge"],
  archive: ["e", "Archive"],
  assignTo: ["A", "Assign to…"],
  priority: ["p", "Priority…"],
  snooze: ["h", "Snooze…"],
});

export const KEYS_OF_SELECTION = keysOf("Selected leads", {
  acknowledge: ["a", "Acknowledge"],
  archive: ["e", "Archive"],
  clear: ["Escape", "Clear the selection"],
});

export const KEYS_OF_LEAD = keysOf("This lead", {
  acknowledge: ["a", "Acknowledge"],
  archive: ["e", "Archive"],
  reply: ["r", "Reply"],
  outcome: ["c", "Log call outcome"],
  assignTo: ["A", "Assign to…"],
  priority: ["p", "Priority…"],
  snooze: ["h", "Snooze…"],
  note: ["n", "Add a note"],
  tag: ["t", "Tags"],
  assign: ["i", "Assign to me"],
  unread: ["u", "Mark as unread"],
  close: ["Escape", "Back to the list"],
});

export const KEYS_OF_REPLY = keysOf("Reply", {
  send: [`${COMMAND} Enter`, "Send"],
});

/** All keys that wait for something to be there: a list, a selection, a lead, a reply. */
export const KEYS_AT_TIMES: readonly Key[] = [KEYS_OF_LIST, KEYS_OF_SELECTION, KEYS_OF_LEAD, KEYS_OF_REPLY].flatMap(
  (each) => Object.values<Key>(each),
);
