import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { followTogether, type SharedStreamOptions, type Stream } from "../src/index.js";
import { Connection } from "./connection.js";

const BEGIN = "id:812-0\nretry:2000\n:\n\n";
const created = (id: string) =>
  `id:${id}\nevent:message.created\ndata:{"type":"message.created","at":"2026-11-22T03:04:05.123Z","data":{},"message":{"id":"m"}}\n\n`;

/** The channels of all tabs; one that is frozen hears nothing. */
let channels: FakeChannel[];

class FakeChannel extends EventTarget {
  isFrozen = false;

  constructor(readonly name: string) {
    super();
    channels.push(this);
  }

  postMessage(data: unknown): void {
    for (const other of channels) {
      if (other !== this && other.name === this.name) {
        queueMicrotask(() => other.isFrozen || other.dispatchEvent(new MessageEvent("message", { data })));
      }
    }
  }

  close(): void {
    channels = channels.filter((each) => each !== this);
  }
}

/** Locks as a browser gives them: one holder, the others wait in order, and one may steal. */
class FakeLocks {
  private readonly held = new Map<string, (error: Error) => void>();
  private readonly queues = new Map<string, (() => void)[]>();

  request(name: string, { steal, signal }: LockOptions, run: () => Promise<void> | undefined): Promise<void> {
    return new Promise((resolve, reject) => {
      const take = () => {
        this.held.set(name, reject);
        void Promise.resolve(run()).then(() => {
          if (this.held.get(name) === reject) {
            this.held.delete(name);
            this.queues.get(name)?.shift()?.();
          }
          resolve();
        });
      };
      if (steal) {
        this.held.get(name)?.(new DOMException("stolen", "AbortError"));
        queueMicrotask(take);
      } else if (this.held.has(name)) {
        const queue = this.queues.get(name) ?? [];
        this.queues.set(name, queue);
        queue.push(take);
        signal?.addEventListener("abort", () => {
          const at = queue.indexOf(take);
          if (at >= 0) {
            queue.splice(at, 1);
            reject(new DOMException("aborted", "AbortError"));
          }
        });
      } else {
        this.held.set(name, reject);
        queueMicrotask(take);
      }
    });
  }
}

let tabs: Tab[];

class Tab {
  readonly connections: Connection[] = [];
  readonly told: string[] = [];
  readonly states: string[] = [];
  readonly channel: FakeChannel | undefined;
  private readonly stream: Stream;

  constructor(options: Partial<SharedStreamOptions> = {}) {
    this.stream = followTogether({
      baseUrl: "https://callback.example.com",
      person: "ada",
      onEvent: ({ event }, id) => this.told.push(`${event} ${id}`.trim()),
      onState: (state) => this.states.push(state),
      fetch: (url, init) => {
        this.connections.push(new Connection(new URL(url), init));
        return this.latest.answered;
      },
      ...options,
    });
    this.channel = channels.at(-1);
    tabs.push(this);
  }

  get latest(): Connection {
    return this.connections.at(-1)!;
  }

  close(): void {
    this.stream.close();
  }
}

let document: EventTarget & { visibilityState: string };

const pass = (seconds: number) => vi.advanceTimersByTimeAsync(seconds * 1_000);

async function open(options: Partial<SharedStreamOptions> = {}): Promise<Tab> {
  const tab = new Tab(options);
  await pass(0);
  return tab;
}

async function seen(isSeen: boolean): Promise<void> {
  document.visibilityState = isSeen ? "visible" : "hidden";
  document.dispatchEvent(new Event("visibilitychange"));
  await pass(0);
}

beforeEach(() => {
  vi.useFakeTimers();
  vi.spyOn(Math, "random").mockReturnValue(0.5);
  [channels, tabs] = [[], []];
  document = Object.assign(new EventTarget(), { visibilityState: "visible" });
  vi.stubGlobal("document", document);
  vi.stubGlobal("navigator", { locks: new FakeLocks() });
  vi.stubGlobal("BroadcastChannel", FakeChannel);
});

afterEach(() => {
  tabs.forEach((each) => each.close());
  vi.useRealTimers();
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

describe("two tabs of one person", () => {
  it("share one stream, and both are told of each event once", async () => {
    const first = await open();
    await first.latest.open(BEGIN);
    const second = await open();
    await first.latest.send(created("815-1"));

    expect(second.connections).toEqual([]);
    expect(second.states).toEqual(["connecting", "open"]);
    expect([first.told, second.told]).toEqual([["message.created 815-1"], ["message.created 815-1"]]);
  });

  it("have a stream each for two persons", async () => {
    await open();
    const other = await open({ person: "grace" });
    expect(other.connections).toHaveLength(1);
  });

  it("go on from the last id when the tab with the stream is closed", async () => {
    const first = await open();
    await first.latest.open(BEGIN);
    const second = await open();
    await first.latest.send(created("815-1"));
    first.close();
    await pass(0);

    expect(first.latest.isOver).toBe(true);
    expect(second.latest.resumedAt).toBe("815-1");
    await second.latest.open(created("815-2"));
    expect(second.told).toEqual(["message.created 815-1", "message.created 815-2"]);
  });

  it("go on from where the stream began when nothing was told in it", async () => {
    const first = await open();
    await first.latest.open(BEGIN);
    const second = await open();
    first.close();
    await pass(0);
    expect(second.latest.resumedAt).toBe("812-0");
  });

  it("take the stream from a tab that the browser has frozen, and give it no second one when it wakes up", async () => {
    const frozen = await open();
    await frozen.latest.open(BEGIN);
    const second = await open();
    frozen.channel!.isFrozen = true;
    await pass(29);
    expect(second.connections).toEqual([]);
    await pass(7);

    expect(second.latest.resumedAt).toBe("812-0");
    expect(frozen.latest.isOver).toBe(true);
    frozen.channel!.isFrozen = false;
    await second.latest.open(created("815-1"));
    await pass(120);
    expect(frozen.connections).toHaveLength(1);
    expect(frozen.told).toEqual(["message.created 815-1"]);
    expect(second.connections.filter((each) => !each.isOver)).toHaveLength(1);
  });

  it("keep the stream where it is as long as its tab answers", async () => {
    const first = await open();
    await first.latest.open(BEGIN);
    const second = await open();
    for (let time = 0; time < 20; time++) {
      await pass(15);
      await first.latest.send(":\n\n");
    }
    expect(second.connections).toEqual([]);
    expect(first.connections).toHaveLength(1);
  });

  it("try again at once when one of them is looked at after signing in again", async () => {
    const first = await open();
    await first.latest.say(401);
    const second = await open();
    await pass(2);
    await seen(true);
    expect(second.states.at(-1)).toBe("connecting");
    await first.latest.open(BEGIN);
    expect(second.states.at(-1)).toBe("open");
  });
});

describe("a page that nobody sees", () => {
  it("closes its stream after five minutes, and goes on from the last id when it is seen again", async () => {
    const tab = await open();
    await tab.latest.open(BEGIN, created("815-1"));
    await seen(false);
    for (let minute = 0; minute < 5; minute++) {
      await pass(59);
      await tab.latest.send(":\n\n");
    }
    expect(tab.latest.isOver).toBe(false);
    await pass(10);
    expect(tab.latest.isOver).toBe(true);
    await pass(3_600);
    expect(tab.connections).toHaveLength(1);

    await seen(true);
    expect(tab.connections).toHaveLength(2);
    expect(tab.latest.resumedAt).toBe("815-1");
  });

  it("keeps its stream while it rings or counts", async () => {
    const tab = await open({ staysWhenHidden: () => true });
    await tab.latest.open(BEGIN);
    await seen(false);
    for (let minute = 0; minute < 20; minute++) {
      await pass(59);
      await tab.latest.send(":\n\n");
    }
    expect(tab.connections).toHaveLength(1);
    expect(tab.latest.isOver).toBe(false);
  });

  it("loads anew what it shows when another tab has begun from elsewhere meanwhile", async () => {
    const resting = await open();
    await resting.latest.open(BEGIN, created("815-1"));
    await seen(false);
    await pass(301);
    expect(resting.latest.isOver).toBe(true);
    document.visibilityState = "visible";
    const fresh = await open();
    expect(fresh.latest.resumedAt).toBeNull();
    await fresh.latest.open("id:900-0\n:\n\n", created("900-1"));
    expect(resting.told).toEqual(["message.created 815-1", "reset", "message.created 900-1"]);
  });
});

describe("a browser without locks", () => {
  beforeEach(() => void vi.stubGlobal("navigator", {}));

  it("has a stream for each tab", async () => {
    const [first, second] = [await open(), await open()];
    await first.latest.open(BEGIN);
    await second.latest.open(BEGIN, created("815-1"));
    expect(first.told).toEqual([]);
    expect(second.told).toEqual(["message.created 815-1"]);
  });

  it("closes the stream of a hidden page as well, and resumes it", async () => {
    const tab = await open();
    await tab.latest.open(BEGIN);
    await seen(false);
    await pass(301);
    expect(tab.connections.every((each) => each.isOver)).toBe(true);
    await seen(true);
    expect(tab.latest.resumedAt).toBe("812-0");
  });
});

it("a browser that refuses locks leaves each tab a stream of its own", async () => {
  vi.stubGlobal("navigator", {
    locks: { request: async () => Promise.reject(new DOMException("no", "SecurityError")) },
  });
  const tab = await open();
  expect(tab.connections).toHaveLength(1);
});
