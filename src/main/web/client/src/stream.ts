import type { components } from "./contract.js";
import { type Frame, frames } from "./event-stream.js";

type Schemas = components["schemas"];

/** What the badge shows. */
export interface Counts {
  readonly unread: number;
  readonly waiting: number;
  readonly quarantined: number;
}

/** What `GET /api/stream` tells; see docs/live-events.md. */
export type StreamEvent =
  | {
      readonly event: "message.created" | "message.updated";
      /** Exactly what happened, such as `message.acknowledged`. */
      readonly type: string;
      readonly at: string;
      readonly data: Readonly<Record<string, unknown>>;
      readonly message: Schemas["Message"];
    }
  | {
      readonly event: "delivery.updated";
      readonly at: string;
      readonly messageId: string | null;
      readonly delivery: Schemas["Delivery"];
    }
  | { readonly event: "messages.deleted"; readonly at: string; readonly data: Readonly<Record<string, unknown>> }
  | ({ readonly event: "counts" } & Counts)
  | {
      readonly event: "presence";
      readonly messageId: string;
      readonly memberId: string;
      readonly name: string;
      readonly activity: "viewing" | "writing" | "away";
    }
  /** More was missed than is told: load what is shown again. */
  | { readonly event: "reset" };

/** `waiting` is between two tries; `refused` is final until somebody signs in again. */
export type StreamState = "connecting" | "open" | "waiting" | "refused";

export interface StreamOptions {
  readonly baseUrl?: string;
  /** An access token or API key, asked anew for each connection; left out, the session's cookie is sent. */
  readonly bearer?: string | (() => string | undefined | Promise<string | undefined>);
  readonly business?: string;
  /** The id of the last event that came; what happened since is told first. */
  readonly lastEventId?: string;
  readonly onEvent: (event: StreamEvent, id: string) => void;
  readonly onState?: (state: StreamState) => void;
  /** Hears each id, also that of the place where a stream begins, before its event is told. */
  readonly onId?: (id: string) => void;
  /** For another transport than the platform's own. */
  readonly fetch?: (url: string, init: RequestInit) => Promise<Response>;
}

export interface Stream {
  /** Somebody looks: connects at once, unless the connection can be trusted. */
  wake(): void;
  close(): void;
}

const NAMES: readonly string[] = [
  "message.created",
  "message.updated",
  "delivery.updated",
  "messages.deleted",
  "counts",
  "presence",
  "reset",
] satisfies StreamEvent["event"][];

/** A comment comes every fifteen seconds. */
const SILENCE_MS = 60_000;
const TOO_QUIET_TO_TRUST_MS = 20_000;
const SLOWEST_RETRY_MS = 30_000;
/** A connection that ends sooner than this is another failure, so that nobody is called again and again for nothing. */
const SETTLED_MS = 5_000;

/**
 * Follows what happens to leads. Cut off, it comes again with the last id, sooner at first and at the latest every half minute, and at
 * once when the network is back or a sleeping page wakes up; so each event comes once. Where it begins anew without an id, it says `reset`.
 */
export function follow(options: StreamOptions): Stream {
  let lastId = options.lastEventId;
  let state: StreamState | undefined;
  let connection: AbortController | undefined;
  let hasBeenOpen = false;
  let failures = 0;
  let heardAt = 0;
  let askedAt = 0;
  let closed = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let silence: ReturnType<typeof setTimeout> | undefined;

  const say = (next: StreamState) => {
    if (!closed && next !== state) {
      state = next;
      options.onState?.(next);
    }
  };

  const heard = () => {
    heardAt = Date.now();
    clearTimeout(silence);
    silence = setTimeout(() => again(), SILENCE_MS);
  };

  const hangUp = () => {
    connection?.abort();
    connection = undefined;
    clearTimeout(timer);
    clearTimeout(silence);
  };

  const again = (atLeast = 0) => {
    hangUp();
    if (!closed) {
      say("waiting");
      const pause = Math.min(1_000 * 2 ** failures++, SLOWEST_RETRY_MS) * (0.75 + Math.random() / 2);
      timer = setTimeout(() => void connect(), Math.max(pause, atLeast));
    }
  };

  const connect = async () => {
    hangUp();
    const mine = new AbortController();
    connection = mine;
    const from = lastId;
    let openedAt = Number.POSITIVE_INFINITY;
    let notBefore = 0;
    askedAt = Date.now();
    say("connecting");
    heard();
    try {
      const response = await ask(options, from, mine.signal);
      if (mine.signal.aborted) {
        return;
      }
      if (response.status === 401 || response.status === 403) {
        hangUp();
        say("refused");
        return;
      }
      if (response.status === 400 && from !== undefined) {
        // A place that this service does not know, such as after it has moved to another database.
        lastId = undefined;
      }
      notBefore = retryAfter(response);
      if (response.status === 200 && response.body && isEventStream(response)) {
        heard();
        openedAt = Date.now();
        say("open");
        if (hasBeenOpen && from === undefined) {
          options.onEvent({ event: "reset" }, "");
        }
        hasBeenOpen = true;
        for await (const frame of frames(response.body, mine.signal, heard)) {
          if (mine.signal.aborted) {
            return;
          }
          tell(frame);
        }
      }
    } catch {
      // The connection broke, or there was none: what is to be done is the same.
    }
    if (!mine.signal.aborted) {
      if (Date.now() - openedAt >= SETTLED_MS) {
        failures = 0;
      }
      again(notBefore);
    }
  };

  const tell = ({ event, data, id }: Frame) => {
    if (id) {
      lastId = id;
      options.onId?.(id);
    }
    if (data !== undefined && NAMES.includes(event)) {
      // One event that cannot be used is no reason to miss those after it.
      try {
        options.onEvent({ ...JSON.parse(data || "{}"), event } as StreamEvent, lastId ?? "");
      } catch (error) {
        (globalThis.reportError ?? console.error)(error);
      }
    }
  };

  const atOnce = () => {
    failures = 0;
    void connect();
  };

  /** Whoever looks may have signed in elsewhere; timers and the connection may have slept through it. */
  const wake = () => {
    const isTrusted = state === "open" && Date.now() - heardAt < TOO_QUIET_TO_TRUST_MS;
    if (!isTrusted && Date.now() - askedAt >= 1_000) {
      atOnce();
    }
  };

  const awake = () => {
    if (globalThis.document?.visibilityState !== "hidden") {
      wake();
    }
  };

  globalThis.addEventListener?.("online", atOnce);
  globalThis.addEventListener?.("pageshow", awake);
  globalThis.addEventListener?.("focus", awake);
  globalThis.document?.addEventListener("visibilitychange", awake);
  void connect();
  return {
    wake,
    close() {
      closed = true;
      hangUp();
      globalThis.removeEventListener?.("online", atOnce);
      globalThis.removeEventListener?.("pageshow", awake);
      globalThis.removeEventListener?.("focus", awake);
      globalThis.document?.removeEventListener("visibilitychange", awake);
    },
  };
}

async function ask(options: StreamOptions, lastId: string | undefined, signal: AbortSignal): Promise<Response> {
  const { bearer } = options;
  const token = typeof bearer === "function" ? await bearer() : bearer;
  return (options.fetch ?? globalThis.fetch)(address(options, lastId), {
    headers: { Accept: "text/event-stream", ...(token !== undefined && { Authorization: `Bearer ${token}` }) },
    credentials: "same-origin",
    cache: "no-store",
    signal,
  });
}

function isEventStream(response: Response): boolean {
  return response.headers.get("Content-Type")?.startsWith("text/event-stream") ?? false;
}

function retryAfter(response: Response): number {
  const seconds = Number(response.headers.get("Retry-After") ?? 0);
  return Number.isFinite(seconds) ? Math.min(seconds * 1_000, 2 * SLOWEST_RETRY_MS) : 0;
}

function address({ baseUrl = "", business }: StreamOptions, lastId: string | undefined): string {
  const url = new URL(`${baseUrl}/api/stream`, globalThis.location?.href);
  if (business !== undefined) {
    url.searchParams.set("business", business);
  }
  if (lastId !== undefined) {
    url.searchParams.set("lastEventId", lastId);
  }
  return url.href;
}
