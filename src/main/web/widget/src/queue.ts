import { type CallbackRequest, type Outcome, send } from "./request";

const STORED = "callback-messaging-queue";
const LOCK = "callback-messaging-queue";
const MOST = 20;
const OLDEST_MS = 7 * 24 * 3_600_000;
const FIRST_PAUSE_MS = 5_000;
const LONGEST_PAUSE_MS = 5 * 60_000;

type Listener = (request: CallbackRequest, outcome: Outcome) => void;

const listeners = new Set<Listener>();
let pause = FIRST_PAUSE_MS;
let timer: ReturnType<typeof setTimeout> | undefined;
let isRunning = false;

/** Hears what becomes of requests that were kept. */
export function onOutcome(listener: Listener): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** What is kept on this device and not too old; nothing where storing is forbidden. */
export function kept(): CallbackRequest[] {
  try {
    const all = JSON.parse(localStorage.getItem(STORED) ?? "[]") as CallbackRequest[];
    return all.filter(({ at }) => Date.now() - at < OLDEST_MS);
  } catch {
    return [];
  }
}

function store(all: readonly CallbackRequest[]): boolean {
  try {
    if (all.length === 0) {
      // Who somebody is stays on their device no longer than it must.
      localStorage.removeItem(STORED);
    } else {
      localStorage.setItem(STORED, JSON.stringify(all.slice(-MOST)));
    }
    return true;
  } catch {
    return false;
  }
}

/** Keeps a request until it is accepted or refused; false where this browser keeps nothing. */
export function keep(request: CallbackRequest): boolean {
  return store([...kept().filter(({ key }) => key !== request.key), request]);
}

export function forget(key: string): void {
  store(kept().filter((each) => each.key !== key));
}

/** Sends what is kept, one tab at a time, and comes again while something is left. */
export async function sendKept(): Promise<void> {
  clearTimeout(timer);
  if (isRunning || kept().length === 0) {
    return;
  }
  isRunning = true;
  try {
    await (navigator.locks ? navigator.locks.request(LOCK, sendEach) : sendEach());
  } finally {
    isRunning = false;
  }
}

async function sendEach(): Promise<void> {
  for (const request of kept()) {
    const outcome = await send(request);
    if (outcome.kind === "later" || outcome.kind === "unreadable") {
      const wait = Math.max((outcome.kind === "later" && outcome.afterMs) || 0, pause * (0.75 + Math.random() / 2));
      pause = Math.min(pause * 2, LONGEST_PAUSE_MS);
      timer = setTimeout(() => void sendKept(), wait);
      return;
    }
    pause = FIRST_PAUSE_MS;
    forget(request.key);
    listeners.forEach((listener) => listener(request, outcome));
  }
}

/** Begins with what is kept, now and whenever the network comes back. */
export function startQueue(): void {
  addEventListener("online", () => {
    pause = FIRST_PAUSE_MS;
    void sendKept();
  });
  void sendKept();
}
