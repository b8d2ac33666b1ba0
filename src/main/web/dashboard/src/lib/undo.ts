const KEPT_MS = 10 * 60_000;
const MOST = 30;

interface Undoable {
  readonly at: number;
  readonly run: () => void;
}

let done: readonly Undoable[] = [];

/**
 * Remembers how the last action is undone, for ten minutes. Gives what undoes it, once, by a button as well as by the key: the key goes
 * back step by step.
 */
export function rememberUndo(run: () => void): () => void {
  const mine = { at: Date.now(), run };
  done = [...done, mine].slice(-MOST);
  return () => undo(mine);
}

/** Undoes the last action; false where there is none, or none of the last ten minutes. */
export function undoLast(): boolean {
  const last = done.findLast(({ at }) => Date.now() - at < KEPT_MS);
  if (last) {
    undo(last);
  }
  return last !== undefined;
}

function undo(action: Undoable): void {
  done = done.filter((each) => each !== action);
  action.run();
}
