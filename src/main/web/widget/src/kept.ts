import type { CallbackRequest } from "./request";

const STORED = "callback-messaging-queue";
const MOST = 20;
const DAY_MS = 24 * 3_600_000;
const OLDEST_MS = 7 * DAY_MS;
/** As long as the service knows a key again: the same request later than that would be a second lead. */
const OLDEST_STOPPED_MS = DAY_MS;

/** A request that waits on this device. */
export interface KeptRequest extends CallbackRequest {
  /** Nobody sends it before: it is on its way, or the service wants to be left alone. */
  readonly notBefore?: number;
  /** A page is sending it at this moment. */
  readonly isUnderWay?: boolean;
  /** It is not sent by itself any more: the visitor has to mend or to confirm it. */
  readonly isStopped?: boolean;
}

/** What is kept and not too old; nothing where storing is forbidden. */
export function kept(): KeptRequest[] {
  try {
    const all = JSON.parse(localStorage.getItem(STORED) ?? "[]") as KeptRequest[];
    return all.filter(({ at, isStopped }) => Date.now() - at < (isStopped ? OLDEST_STOPPED_MS : OLDEST_MS));
  } catch {
    return [];
  }
}

/** Keeps a request as it is now, until it is forgotten; false where this browser keeps nothing. */
export function keep(request: KeptRequest): boolean {
  return store([...kept().filter(({ key }) => key !== request.key), request]);
}

export function forget(key: string): void {
  store(kept().filter((each) => each.key !== key));
}

/** Takes away what is too old: who somebody is stays on their device no longer than it must. */
export function forgetOld(): void {
  store(kept());
}

function store(all: readonly KeptRequest[]): boolean {
  try {
    if (all.length === 0) {
      localStorage.removeItem(STORED);
    } else {
      localStorage.setItem(STORED, JSON.stringify(all.slice(-MOST)));
    }
    return true;
  } catch {
    return false;
  }
}
