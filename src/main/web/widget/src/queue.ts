import { forget, forgetOld, keep, kept } from "./kept";
import { type CallbackRequest, LONGEST_TRY_MS, type Outcome, send } from "./request";

const LOCK = "callback-messaging-queue";
const FIRST_PAUSE_MS = 5_000;
const LONGEST_PAUSE_MS = 5 * 60_000;
const LONGEST_ASKED_MS = 3_600_000;
const TOLD_MS = 150;
/** Longer than any try takes. */
const UNDER_WAY_MS = LONGEST_TRY_MS + 10_000;

type Listener = (request: CallbackRequest, outcome: Outcome) => void;

const listeners = new Set<Listener>();
/** The keys of what this page has sent. */
const ours = new Set<string>();
let pause = FIRST_PAUSE_MS;
let timer: ReturnType<typeof setTimeout> | undefined;
let isRunning = false;
/** The network came back during a try, which may have failed before. */
let isWantedAgain = false;

/** Hears what becomes of requests that were kept. */
export function onOutcome(listener: Listener): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Keeps a request that is about to be sent, so that no other tab sends it too; false where this browser keeps nothing. */
export function keepUnderWay(request: CallbackRequest): boolean {
  ours.add(request.key);
  return keep({ ...request, notBefore: Date.now() + UNDER_WAY_MS, isUnderWay: true });
}

/** A page that is left gives up what it was sending: the next one tries at once, and the service knows the key again. */
function giveUp(): void {
  kept()
    .filter(({ key, isUnderWay }) => isUnderWay && ours.has(key))
    .forEach((request) => keep({ ...request, notBefore: 0, isUnderWay: false }));
  // A page that holds a lock is not kept for the way back.
  leaving.splice(0).forEach((done) => done());
}

/** Keeps a request for another try, after as long as the service asked for or after longer and longer pauses. */
export function postpone(request: CallbackRequest, askedMs: number | undefined): void {
  const wait = askedMs ? Math.min(askedMs, LONGEST_ASKED_MS) : pause * (0.75 + Math.random() / 2);
  if (!askedMs) {
    pause = Math.min(pause * 2, LONGEST_PAUSE_MS);
  }
  // A network that is back ends a pause; what the service asked for holds.
  keep({ ...request, notBefore: askedMs ? Date.now() + wait : 0, isUnderWay: false });
  comeAgainAfter(wait);
}

/** Sends what is kept, one tab at a time, and comes again while something is left. */
export async function sendKept(): Promise<void> {
  if (isRunning || kept().length === 0) {
    return;
  }
  isRunning = true;
  try {
    await (navigator.locks ? navigator.locks.request(LOCK, takeTurn) : sendEach());
  } finally {
    isRunning = false;
  }
  if (isWantedAgain) {
    isWantedAgain = false;
    await sendKept();
  }
}

const leaving: (() => void)[] = [];

/**
 * Says to other tabs that a request was sent: a lock of its own, held while this page is shown. A tab hears that it is its turn before it hears
 * what the tab before has stored, but locks are granted in order.
 */
function markSent(key: string): void {
  void navigator.locks?.request(`${LOCK}-${key}`, () => new Promise<void>((done) => leaving.push(done)));
}

/** Waits a moment for what the tab or page before has stored, such as a request that it gave up. */
async function takeTurn(): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, TOLD_MS));
  await sendEach();
}

async function wasSent(key: string): Promise<boolean> {
  const { held, pending } = (await navigator.locks?.query()) ?? {};
  return [...(held ?? []), ...(pending ?? [])].some(({ name }) => name === `${LOCK}-${key}`);
}

async function sendEach(): Promise<void> {
  let next = Infinity;
  for (const request of kept().filter(({ isStopped }) => !isStopped)) {
    const wait = (request.notBefore ?? 0) - Date.now();
    if (wait > 0) {
      next = Math.min(next, wait);
      continue;
    }
    if (await wasSent(request.key)) {
      forget(request.key);
      continue;
    }
    keepUnderWay(request);
    const outcome = await send(request);
    if (outcome.kind === "later") {
      postpone(request, outcome.afterMs);
      return;
    }
    pause = FIRST_PAUSE_MS;
    if (outcome.kind === "accepted") {
      markSent(request.key);
      forget(request.key);
    } else {
      keep({ ...request, isStopped: true, isUnderWay: false });
    }
    listeners.forEach((listener) => listener(request, outcome));
  }
  if (next < Infinity) {
    comeAgainAfter(next);
  }
}

function comeAgainAfter(milliseconds: number): void {
  clearTimeout(timer);
  timer = setTimeout(() => void sendKept(), milliseconds);
}

/** Begins with what is kept, now and whenever the network comes back. */
export function startQueue(): void {
  forgetOld();
  addEventListener("pagehide", giveUp);
  addEventListener("online", () => {
    pause = FIRST_PAUSE_MS;
    isWantedAgain = isRunning;
    void sendKept();
  });
  void sendKept();
}
