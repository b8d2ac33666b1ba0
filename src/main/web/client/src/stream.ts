import { EventSource, type EventSourceInit } from "eventsource";
import type { components } from "./contract.js";

type Schemas = components["schemas"];

/** What the badge shows. */
export interface Counts {
  readonly unread: number;
  readonly waiting: number;
  readonly quarantined: number;
}

/** What `GET /api/stream` tells; see docs/follow-live.md. */
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
  /** For another transport than the platform's own. */
  readonly fetch?: EventSourceInit["fetch"];
}

export interface Stream {
  close(): void;
}

const NAMES = [
  "message.created",
  "message.updated",
  "delivery.updated",
  "messages.deleted",
  "counts",
  "reset",
] as const;
const SILENCE_MS = 60_000;
const SLOWEST_RETRY_MS = 30_000;

/**
 * Follows what happens to leads. Cut off, it comes again with the last id, sooner at first and at the latest every half minute, and when
 * the browser says that the network is back; so each event comes once.
 */
export function follow(options: StreamOptions): Stream {
  let source: EventSource | undefined;
  let lastId = options.lastEventId;
  let failures = 0;
  let closed = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let silence: ReturnType<typeof setTimeout> | undefined;

  const say = (state: StreamState) => !closed && options.onState?.(state);

  const heard = () => {
    clearTimeout(silence);
    silence = setTimeout(() => again(), SILENCE_MS);
  };

  const again = () => {
    source?.close();
    clearTimeout(silence);
    clearTimeout(timer);
    if (closed) {
      return;
    }
    say("waiting");
    const pause = Math.min(1_000 * 2 ** failures++, SLOWEST_RETRY_MS);
    timer = setTimeout(connect, pause * (0.75 + Math.random() / 2));
  };

  const connect = () => {
    say("connecting");
    heard();
    const mine = new EventSource(address(options, lastId), { fetch: (url, init) => guarded(url, init) });
    source = mine;
    mine.addEventListener("open", () => {
      failures = 0;
      heard();
      say("open");
    });
    mine.addEventListener("error", (error) => {
      if (mine !== source) {
        return;
      }
      if (error.code === 401 || error.code === 403) {
        mine.close();
        clearTimeout(silence);
        say("refused");
      } else {
        again();
      }
    });
    for (const name of NAMES) {
      mine.addEventListener(name, (event) => {
        heard();
        lastId = event.lastEventId || lastId;
        options.onEvent({ event: name, ...JSON.parse(event.data || "{}") } as StreamEvent, lastId ?? "");
      });
    }
  };

  const guarded: NonNullable<EventSourceInit["fetch"]> = async (url, init) => {
    const token = typeof options.bearer === "function" ? await options.bearer() : options.bearer;
    const headers = { ...init.headers, ...(token !== undefined && { Authorization: `Bearer ${token}` }) };
    const response = await (options.fetch ?? fetch)(url, { ...init, headers, credentials: "same-origin" });
    return listened(response, heard);
  };

  const online = () => {
    failures = 0;
    again();
  };

  globalThis.addEventListener?.("online", online);
  connect();
  return {
    close() {
      closed = true;
      source?.close();
      clearTimeout(timer);
      clearTimeout(silence);
      globalThis.removeEventListener?.("online", online);
    },
  };
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

/** The service's comments are no events, and yet show that it is there: whatever arrives is heard. */
function listened<R extends Awaited<ReturnType<NonNullable<EventSourceInit["fetch"]>>>>(
  response: R,
  heard: () => void,
): R {
  const body = response.body as ReadableStream<Uint8Array> | null;
  if (!body) {
    return response;
  }
  const passing = body.pipeThrough(
    new TransformStream<Uint8Array, Uint8Array>({
      transform(chunk, controller) {
        heard();
        controller.enqueue(chunk);
      },
    }),
  );
  return new Proxy(response, {
    get: (target, name) => {
      const value: unknown = name === "body" ? passing : Reflect.get(target, name, target);
      return typeof value === "function" ? value.bind(target) : value;
    },
  });
}
