import { follow, type Stream, type StreamEvent, type StreamOptions, type StreamState } from "./stream.js";

export interface SharedStreamOptions extends StreamOptions {
  /** The id of the signed-in person. Tabs share a stream for the same person, business and service; left out, nothing is shared. */
  readonly person?: string | undefined;
  /** Whether a page that nobody sees needs the stream, because it rings or counts; left out, it does not. */
  readonly staysWhenHidden?: () => boolean;
}

/** What the tabs say to each other. */
type Word =
  | { readonly kind: "ask" }
  | { readonly kind: "begin"; readonly from: string | undefined }
  | { readonly kind: "state"; readonly state: StreamState | undefined; readonly lastId: string | undefined }
  | { readonly kind: "event"; readonly event: StreamEvent; readonly id: string };

const HIDDEN_MS = 5 * 60_000;
const CHECK_MS = 30_000;
const ANSWER_MS = 5_000;

/**
 * Follows what happens by one stream for all tabs of a browser: over HTTP/1.1 a browser opens six connections per host, and a stream keeps
 * one of them. The tab that holds a lock has the stream and tells the others; when it closes, the next tab goes on from the last id. A tab
 * that holds the lock and does not answer (browsers freeze hidden pages) loses it. A page that was hidden for five minutes lets the
 * stream go, and resumes it when it is seen again. Without Web Locks, as on a plain http address, each tab has a stream of its own.
 */
export function followTogether({ person, staysWhenHidden, ...options }: SharedStreamOptions): Stream {
  const name = `callback-messaging-stream ${JSON.stringify([options.baseUrl, options.business, person])}`;
  const locks = globalThis.navigator?.locks as LockManager | undefined;
  const between =
    person !== undefined && locks && typeof BroadcastChannel !== "undefined" ? new BroadcastChannel(name) : undefined;

  let lastId = options.lastEventId;
  let state: StreamState | undefined;
  let hasBeenOpen = false;
  /** What this tab has open while it is the one that tells the others. */
  let stream: Stream | undefined;
  /** Ends this tab's turn, or its waiting for one; undefined while the tab rests. */
  let turn: AbortController | undefined;
  let hiding: ReturnType<typeof setTimeout> | undefined;
  let answering: ReturnType<typeof setTimeout> | undefined;

  const tell = (word: Word) => between?.postMessage(word);

  const say = (next: StreamState | undefined) => {
    if (next !== undefined && next !== state) {
      state = next;
      hasBeenOpen ||= next === "open";
      options.onState?.(next);
    }
  };

  const hear = (event: StreamEvent, id: string) => {
    lastId = id || lastId;
    options.onEvent(event, id);
  };

  const begin = () => {
    clearTimeout(answering);
    tell({ kind: "begin", from: lastId });
    let isGap = hasBeenOpen && lastId === undefined;
    stream = follow({
      ...options,
      ...(lastId !== undefined && { lastEventId: lastId }),
      onId: (id) => {
        lastId = id;
      },
      onState: (next) => {
        tell({ kind: "state", state: next, lastId });
        say(next);
        if (isGap && next === "open") {
          isGap = false;
          hear({ event: "reset" }, "");
        }
      },
      onEvent: (event, id) => {
        tell({ kind: "event", event, id });
        hear(event, id);
      },
    });
  };

  const end = () => {
    stream?.close();
    stream = undefined;
  };

  /** Waits for this tab's turn, or takes it from a tab that does not answer. */
  const join = (takesOver = false) => {
    const mine = new AbortController();
    turn?.abort();
    turn = mine;
    if (!between || !locks) {
      begin();
      return;
    }
    const over = new Promise<void>((resolve) => mine.signal.addEventListener("abort", () => resolve()));
    let hadIt = false;
    const held = locks.request(name, takesOver ? { steal: true } : { signal: mine.signal }, () => {
      if (turn === mine) {
        hadIt = true;
        begin();
        return over;
      }
      return undefined;
    });
    held.catch(() => {
      if (turn !== mine) {
        return;
      }
      if (hadIt) {
        // Another tab has taken over.
        end();
        join();
      } else {
        // The browser grants no locks here.
        begin();
      }
    });
  };

  const leave = () => {
    turn?.abort();
    turn = undefined;
    clearTimeout(answering);
    end();
  };

  /** Makes sure that some tab is at work. */
  const check = () => {
    if (between && turn && !stream) {
      tell({ kind: "ask" });
      clearTimeout(answering);
      answering = setTimeout(() => join(true), ANSWER_MS);
    }
  };

  const rest = () => {
    if (staysWhenHidden?.()) {
      hiding = setTimeout(rest, HIDDEN_MS);
    } else {
      leave();
    }
  };

  const look = () => {
    clearTimeout(hiding);
    if (globalThis.document?.visibilityState === "hidden") {
      hiding = setTimeout(rest, HIDDEN_MS);
      return;
    }
    if (!turn) {
      join();
    }
    check();
  };

  const listen = ({ data: word }: MessageEvent<Word>) => {
    if (stream) {
      if (word.kind === "ask") {
        tell({ kind: "state", state, lastId });
        stream.wake();
      }
      return;
    }
    if (word.kind === "ask") {
      return;
    }
    clearTimeout(answering);
    switch (word.kind) {
      case "begin":
        if (hasBeenOpen && word.from !== lastId) {
          // It goes on from another place than this tab had come to.
          hear({ event: "reset" }, "");
        }
        break;
      case "state":
        lastId = word.lastId ?? lastId;
        say(word.state);
        break;
      case "event":
        hear(word.event, word.id);
        break;
    }
  };

  between?.addEventListener("message", listen);
  const checks = setInterval(check, CHECK_MS);
  globalThis.addEventListener?.("pageshow", look);
  globalThis.addEventListener?.("focus", look);
  globalThis.document?.addEventListener("visibilitychange", look);
  say("connecting");
  join();
  check();
  look();
  return {
    wake: () => (stream ? stream.wake() : look()),
    close() {
      clearInterval(checks);
      clearTimeout(hiding);
      leave();
      between?.close();
      globalThis.removeEventListener?.("pageshow", look);
      globalThis.removeEventListener?.("focus", look);
      globalThis.document?.removeEventListener("visibilitychange", look);
    },
  };
}
