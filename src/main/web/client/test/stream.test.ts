import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { follow, type Stream, type StreamEvent, type StreamOptions } from "../src/index.js";
import { Connection } from "./connection.js";

const BEGIN = "id:812-0\nretry:2000\n:\n\n";
const COUNTS = 'event:counts\ndata:{"unread":3,"waiting":5,"quarantined":0}\n\n';
const created = (id: string, message = "m") =>
  `id:${id}\nevent:message.created\ndata:{"type":"message.created","at":"2026-11-22T03:04:05.123Z","data":{},"message":{"id":"${message}"}}\n\n`;

let connections: Connection[];
let events: StreamEvent[];
let ids: string[];
let states: string[];
let stream: Stream;
let page: EventTarget & { document?: EventTarget & { visibilityState: string } };

const latest = () => connections.at(-1)!;
const names = () => events.map((each) => each.event);

function start(options: Partial<StreamOptions> = {}): void {
  stream = follow({
    baseUrl: "https://callback.example.com",
    onEvent: (event, id) => {
      events.push(event);
      ids.push(id);
    },
    onState: (state) => states.push(state),
    fetch: (url, init) => {
      connections.push(new Connection(new URL(url), init));
      return latest().answered;
    },
    ...options,
  });
}

beforeEach(() => {
  vi.useFakeTimers();
  vi.spyOn(Math, "random").mockReturnValue(0.5);
  [connections, events, ids, states] = [[], [], [], []];
  const window = new EventTarget();
  page = window;
  const document = Object.assign(new EventTarget(), { visibilityState: "visible" });
  page.document = document;
  vi.stubGlobal("addEventListener", window.addEventListener.bind(window));
  vi.stubGlobal("removeEventListener", window.removeEventListener.bind(window));
  vi.stubGlobal("document", document);
});

afterEach(() => {
  stream.close();
  vi.useRealTimers();
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

describe("following the stream", () => {
  it("tells what happens, with the id of each", async () => {
    start({ bearer: "cbk_secret", business: "b" });
    await latest().open(BEGIN, COUNTS, created("815-1"));

    expect(names()).toEqual(["counts", "message.created"]);
    expect(events[0]).toEqual({ event: "counts", unread: 3, waiting: 5, quarantined: 0 });
    expect(ids).toEqual(["812-0", "815-1"]);
    expect(states).toEqual(["connecting", "open"]);
    expect(latest().url.href).toBe("https://callback.example.com/api/stream?business=b");
    expect(latest().init.headers).toMatchObject({ Authorization: "Bearer cbk_secret" });
  });

  it("understands blocks however they are cut into pieces, and whichever ends their lines have", async () => {
    start();
    const text = BEGIN + COUNTS.replaceAll("\n", "\r\n") + created("815-1", "Trần").replaceAll("\n", "\r");
    const bytes = new TextEncoder().encode(text);
    await latest().open();
    for (const byte of bytes) {
      latest()["controller"].enqueue(new Uint8Array([byte]));
    }
    await vi.advanceTimersByTimeAsync(0);
    await latest().send("\n");

    expect(names()).toEqual(["counts", "message.created"]);
    expect(events[1]).toMatchObject({ message: { id: "Trần" } });
  });

  it("joins data of several lines", async () => {
    start();
    await latest().open('event: counts\ndata: {"unread": 3,\ndata: "waiting": 5, "quarantined": 0}\n\n');
    expect(events).toEqual([{ event: "counts", unread: 3, waiting: 5, quarantined: 0 }]);
  });

  it("comes again with the id of the last event", async () => {
    start();
    await latest().open(BEGIN, created("815-1"), created("815-2"));
    await latest().breaks();
    expect(states.at(-1)).toBe("waiting");
    await vi.advanceTimersByTimeAsync(1_000);

    expect(connections).toHaveLength(2);
    expect(latest().resumedAt).toBe("815-2");
    await latest().open(created("815-3"));
    expect(ids).toEqual(["815-1", "815-2", "815-3"]);
  });

  it("knows where it began although nothing has happened since", async () => {
    start();
    await latest().open(BEGIN, COUNTS);
    await latest().end();
    await vi.advanceTimersByTimeAsync(1_000);
    expect(latest().resumedAt).toBe("812-0");
    await latest().open();
    expect(names()).toEqual(["counts"]);
  });

  it("says that more may have been missed where it comes again without an id", async () => {
    start();
    await latest().open(COUNTS);
    await latest().end();
    await vi.advanceTimersByTimeAsync(1_000);
    await latest().open(COUNTS);
    expect(names()).toEqual(["counts", "reset", "counts"]);
  });

  it("begins anew where the service does not know the id", async () => {
    start({ lastEventId: "elsewhere" });
    await latest().say(400);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(latest().resumedAt).toBeNull();
  });

  it("takes its time the longer it fails, at most half a minute", async () => {
    start();
    const pauses: number[] = [];
    for (let time = 0; time < 7; time++) {
      await latest().fail();
      const from = Date.now();
      await vi.advanceTimersToNextTimerAsync();
      pauses.push(Date.now() - from);
    }
    expect(pauses).toEqual([1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000]);
  });

  it("does not call again and again where it is let in and shown out at once", async () => {
    start();
    await latest().open(BEGIN);
    await latest().end();
    await vi.advanceTimersByTimeAsync(1_000);
    await latest().open();
    await latest().end();
    await vi.advanceTimersByTimeAsync(1_999);
    expect(connections).toHaveLength(2);
    await vi.advanceTimersByTimeAsync(1);
    expect(connections).toHaveLength(3);

    await latest().open();
    await vi.advanceTimersByTimeAsync(6_000);
    await latest().end();
    await vi.advanceTimersByTimeAsync(1_000);
    expect(connections).toHaveLength(4);
  });

  it("comes when the service says, where it says so", async () => {
    start();
    await latest().say(429, { "Retry-After": "7" });
    await vi.advanceTimersByTimeAsync(6_999);
    expect(connections).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(1);
    expect(connections).toHaveLength(2);
  });

  it("does not take a page of a proxy for the stream", async () => {
    start();
    await latest().say(200, { "Content-Type": "text/html" });
    expect(states).toEqual(["connecting", "waiting"]);
  });

  it("gives up a connection that says nothing for a minute; comments count", async () => {
    start();
    await latest().open(BEGIN);
    await vi.advanceTimersByTimeAsync(59_000);
    await latest().send(":\n\n");
    await vi.advanceTimersByTimeAsync(59_000);
    expect(states.at(-1)).toBe("open");
    await vi.advanceTimersByTimeAsync(1_000);
    expect(states.at(-1)).toBe("waiting");
    expect(connections[0]!.isOver).toBe(true);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(latest().resumedAt).toBe("812-0");
  });

  it("gives up a connection that is never answered", async () => {
    start();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(connections[0]!.isOver).toBe(true);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(connections).toHaveLength(2);
  });

  it.each([401, 403])("stops where it is refused with %i, and looks again when somebody comes back", async (status) => {
    start();
    await latest().say(status);
    await vi.advanceTimersByTimeAsync(600_000);
    expect(states).toEqual(["connecting", "refused"]);
    expect(connections).toHaveLength(1);

    page.dispatchEvent(new Event("focus"));
    await latest().open(BEGIN);
    expect(states.at(-1)).toBe("open");
    expect(connections).toHaveLength(2);
  });

  it("comes at once when the network is back", async () => {
    start();
    for (let time = 0; time < 5; time++) {
      await latest().fail();
      await vi.advanceTimersToNextTimerAsync();
    }
    await latest().fail();
    page.dispatchEvent(new Event("online"));
    expect(connections).toHaveLength(7);
    await latest().open(BEGIN);
    expect(states.at(-1)).toBe("open");
    await vi.advanceTimersByTimeAsync(30_000);
    expect(connections).toHaveLength(7);
  });

  it("does not trust a connection that slept with the page", async () => {
    start();
    await latest().open(BEGIN);
    vi.setSystemTime(Date.now() + 3_600_000);
    page.document!.dispatchEvent(new Event("visibilitychange"));
    expect(connections).toHaveLength(2);
    expect(connections[0]!.isOver).toBe(true);
    expect(latest().resumedAt).toBe("812-0");
  });

  it("leaves a connection alone that was heard just now, and a page that is out of sight", async () => {
    start();
    await latest().open(BEGIN);
    await vi.advanceTimersByTimeAsync(10_000);
    page.document!.dispatchEvent(new Event("visibilitychange"));
    await latest().end();
    page.document!.visibilityState = "hidden";
    page.document!.dispatchEvent(new Event("visibilitychange"));
    expect(connections).toHaveLength(1);
  });

  it("tells nothing of a connection that was given up", async () => {
    start();
    await latest().open(BEGIN);
    const old = latest();
    page.dispatchEvent(new Event("online"));
    await latest().open(created("815-1"));
    await old.send(created("815-1")).catch(() => undefined);
    expect(ids).toEqual(["815-1"]);
  });

  it("tells nothing any more once it is closed, even of the same piece", async () => {
    start({
      onEvent: (event) => {
        events.push(event);
        stream.close();
      },
    });
    await latest().open(created("815-1") + created("815-2"));
    page.dispatchEvent(new Event("online"));
    await vi.advanceTimersByTimeAsync(600_000);
    expect(names()).toEqual(["message.created"]);
    expect(connections).toHaveLength(1);
    expect(latest().isOver).toBe(true);
  });

  it("does not miss what follows an event that nobody understands", async () => {
    const reported = vi.fn();
    vi.stubGlobal("reportError", reported);
    start();
    await latest().open("id:813-1\nevent:counts\ndata:{broken\n\n", "event:unheard.of\ndata:{}\n\n", created("815-1"));
    expect(names()).toEqual(["message.created"]);
    expect(reported).toHaveBeenCalledOnce();
  });

  it("asks for a token anew each time, and waits where there is none to be had", async () => {
    const bearer = vi
      .fn<() => Promise<string>>()
      .mockRejectedValueOnce(new TypeError("failed to fetch"))
      .mockResolvedValueOnce("second");
    start({ bearer });
    await vi.advanceTimersByTimeAsync(0);
    expect(states).toEqual(["connecting", "waiting"]);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(latest().init.headers).toMatchObject({ Authorization: "Bearer second" });
  });
});
