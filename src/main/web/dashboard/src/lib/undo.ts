const KEPT_MS = 10 * 60_000;
const MOST = 30;

interface Undoable {
  readonly at: number;
  readonly run: () => void;
}

let done: readonly Undoable[] = [];
let isUndoing = false;

/**
 * Remembers how the last action is undone, for ten minutes. Gives what undoes it, once, by a button as well as by the key. What is done
 * in the course of an undo is not remembered: the key goes back step by step.
 */
export function rememberUndo(run: () => void): () => void {
  const mine = { at: Date.now(), run };
  if (!isUndoing) {
    done = [...done, mine].slice(-MOST);
  }
  return () => undo(mine);
}

/** Whether what runs now is an undo. */
export function isUndo(): boolean {
  return isUndoing;
}

/** Undoes the last action; false where there is none, or none of the last ten minutes. */
export function undoLast(): boolean {
  const last = done.findLast(({ at }) => Date.now() - at < KEPT_MS);
  if (last) {
    undo(last);
  }
  return last !== undefined;
}

/** Forgets all of it, as when another business is shown. */
export function forgetUndo(): void {
  done = [];
}

function undo(action: Undoable): void {
  done = done.filter((each) => each !== action);
  isUndoing = true;
  try {
    action.run();
  } finally {
    isUndoing = false;
  }
}
