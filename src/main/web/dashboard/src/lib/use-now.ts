import { useSyncExternalStore } from "react";

const STEP_MS = 1_000;
const listeners = new Set<() => void>();
let now = Date.now();
let timer: ReturnType<typeof setInterval> | undefined;

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  timer ??= setInterval(() => {
    now = Date.now();
    listeners.forEach((each) => each());
  }, STEP_MS);
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) {
      clearInterval(timer);
      timer = undefined;
    }
  };
}

/** The time in steps of `everyMs`, from one clock for all who look at it. */
export function useNow(everyMs = 60_000): number {
  return useSyncExternalStore(subscribe, () => {
    const at = timer === undefined ? Date.now() : now;
    return at - (at % everyMs);
  });
}
