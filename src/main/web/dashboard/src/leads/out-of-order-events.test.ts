import { InfiniteQueryObserver, QueryClient } from "@tanstack/react-query";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import { applyLead, updateOptimistically } from "@/leads/cache";
import { type LeadFilter, matches, type Sort } from "@/leads/filter";
import { keepNewest } from "@/leads/keep-newest";
import type { Lead } from "@/leads/lead";
import type { Pages } from "@/leads/placement";
import { leadKeys, leadsQuery } from "@/leads/queries";
import { aLead } from "../../test/lead";

const LISTS: [LeadFilter, Sort][] = [
  [{ status: ["unread", "read"] }, "newest"],
  [{ status: ["archived"] }, "oldest"],
  [{}, "newest"],
  [{ priority: ["urgent"] }, "newest"],
];
const PAGE = 4;

/** The same numbers for the same seed. */
function dice(seed: number) {
  let state = seed * 2_654_435_761 + 1;
  return (sides: number) => {
    state = (state * 1_103_515_245 + 12_345) & 0x7fffffff;
    return Math.floor((state / 0x80000000) * sides);
  };
}

/** A service whose answers and events come when the dice say so. */
class Service {
  readonly leads = new Map<string, Lead>();
  readonly events: Lead[] = [];
  readonly underWay: (() => void)[] = [];
  private clock = 0;

  private now() {
    return new Date(Date.UTC(2026, 10, 22) + ++this.clock * 1_000).toISOString();
  }

  create() {
    const now = this.now();
    this.tell(aLead({ id: `lead-${this.leads.size}`, createdAt: now, updatedAt: now }));
  }

  change(id: string, change: Partial<Lead>): Lead {
    const old = this.leads.get(id)!;
    return this.tell({ ...old, ...change, revision: old.revision + 1, updatedAt: this.now() });
  }

  private tell(lead: Lead): Lead {
    this.leads.set(lead.id, lead);
    this.events.push(lead);
    return lead;
  }

  found(filter: LeadFilter, sort: Sort): Lead[] {
    const found = [...this.leads.values()].filter((each) => matches(filter, each, "me"));
    return found.sort((one, other) => one.createdAt.localeCompare(other.createdAt) * (sort === "newest" ? -1 : 1));
  }

  /** Looks now; the answer comes later. */
  answer(url: URL, isAborted: () => boolean): Promise<Response> {
    const list = (name: string) => url.searchParams.get(name)?.split(",");
    const filter = {
      ...(list("status") && { status: list("status") }),
      ...(list("priority") && { priority: list("priority") }),
    };
    const sort = url.searchParams.get("sort") as Sort;
    const cursor = url.searchParams.get("cursor");
    const after = this.found(filter as LeadFilter, sort).filter(
      (each) => !cursor || (sort === "newest" ? each.createdAt < cursor : each.createdAt > cursor),
    );
    const items = after.slice(0, PAGE);
    const next = after.length > PAGE ? items.at(-1)!.createdAt : null;
    return new Promise((resolve, reject) =>
      this.underWay.push(() =>
        isAborted() ? reject(new DOMException("aborted", "AbortError")) : resolve(Response.json({ items, next })),
      ),
    );
  }
}

/** Whatever wants to be done at once is done; the clock is the test's own, or the order would be the machine's. */
const settled = () => vi.advanceTimersByTimeAsync(1);
/** Longer than any list waits before it asks once more. */
const A_WHILE_MS = 300;

async function playedOut(seed: number): Promise<void> {
  const roll = dice(seed);
  const service = new Service();
  vi.stubGlobal("fetch", (request: Request) => service.answer(new URL(request.url), () => request.signal.aborted));
  const client = new QueryClient({
    defaultOptions: { queries: { retry: false, staleTime: Infinity, gcTime: Infinity } },
  });
  keepNewest(client);
  const observers = LISTS.map(([filter, sort]) => new InfiniteQueryObserver(client, leadsQuery(filter, sort)));
  const stops = observers.map((each) => each.subscribe(() => undefined));
  const acts: (() => void)[] = [];
  let told = 0;
  const someId = () => [...service.leads.keys()][roll(service.leads.size)]!;
  const change = (): Partial<Lead> =>
    [
      { status: "archived" as const },
      { status: "unread" as const },
      { status: "acknowledged" as const },
      { priority: "urgent" as const },
      { priority: "low" as const },
    ][roll(5)]!;
  const tell = () => {
    const event = service.events[told];
    if (event) {
      told++;
      applyLead(client, event);
      if (roll(3) === 0) {
        // Once more, and something older after it.
        applyLead(client, event);
        applyLead(client, service.events[roll(told)]!);
      }
    }
  };
  const steps = [
    () => service.create(),
    () => service.leads.size > 0 && service.change(someId(), change()),
    tell,
    tell,
    () => service.underWay.splice(roll(service.underWay.length), 1)[0]?.(),
    () => void client.invalidateQueries({ queryKey: leadKeys.list(...LISTS[roll(LISTS.length)]!) }),
    () => void observers[roll(observers.length)]!.fetchNextPage({ cancelRefetch: false }),
    () => {
      // Somebody leaves a list while it is loaded, and comes back.
      const index = roll(observers.length);
      stops[index]!();
      stops[index] = observers[index]!.subscribe(() => undefined);
    },
    () => {
      if (service.leads.size === 0) {
        return;
      }
      const [id, what] = [someId(), change()];
      const { confirm, rollBack } = updateOptimistically(client, id, what);
      if (roll(3) === 0) {
        acts.push(rollBack);
      } else {
        const answer = service.change(id, what);
        acts.push(() => confirm(answer));
      }
    },
    () => acts.splice(roll(acts.length), 1)[0]?.(),
    () => vi.advanceTimersByTime(roll(A_WHILE_MS)),
  ];
  for (let step = 0; step < 60; step++) {
    steps[roll(steps.length)]!();
    if (roll(2) === 0) {
      await settled();
    }
  }

  const isOwed = () => told < service.events.length || acts.length > 0 || service.underWay.length > 0;
  while (isOwed()) {
    tell();
    acts.splice(roll(acts.length), 1)[0]?.();
    service.underWay.splice(roll(service.underWay.length), 1)[0]?.();
    await (isOwed() ? settled() : vi.advanceTimersByTimeAsync(A_WHILE_MS));
  }

  for (const [filter, sort] of LISTS) {
    const data = client.getQueryData<Pages>(leadKeys.list(filter, sort))!;
    const shown = data.pages.flatMap((page) => page.items);
    const expected = service.found(filter, sort);
    const isWhole = data.pages.at(-1)!.next === null;
    const what = `seed ${seed}, ${JSON.stringify(filter)}`;
    expect(shown, what).toEqual(isWhole ? expected : expected.slice(0, shown.length));
  }
  stops.forEach((stop) => stop());
  client.clear();
}

beforeEach(() => void vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] }));

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe("lists, whatever the order in which events, answers and people's actions come", () => {
  it.each(Array.from({ length: 10 }, (_, index) => index))(
    "end as the service has them, round %i",
    async (round) => {
      for (let seed = round * 50; seed < (round + 1) * 50; seed++) {
        await playedOut(seed);
      }
    },
    30_000,
  );
});
