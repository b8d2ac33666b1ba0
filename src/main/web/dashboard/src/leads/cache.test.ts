import { InfiniteQueryObserver, QueryClient, QueryObserver } from "@tanstack/react-query";
import { beforeEach, describe, expect, it, vi } from "vitest";

import { applyDelivery, applyLead, knownLead, updateOptimistically } from "@/leads/cache";
import type { LeadFilter, Sort } from "@/leads/filter";
import { keepNewest } from "@/leads/keep-newest";
import type { Delivery, Lead, LeadInFull } from "@/leads/lead";
import type { Pages } from "@/leads/placement";
import { leadKeys, leadQuery, leadsQuery } from "@/leads/queries";
import { aLead, aLeadInFull } from "../../test/lead";
import { playService } from "../../test/service";

let client: QueryClient;

const WAITING: LeadFilter = { status: ["unread", "read"] };
const at = (second: number) => new Date(Date.UTC(2026, 10, 22, 3, 0, second)).toISOString();

const ada = aLead({ id: "ada", createdAt: at(3) });
const bob = aLead({ id: "bob", contactName: "Bob", createdAt: at(2) });
const eve = aLead({ id: "eve", contactName: "Eve", createdAt: at(1) });

function list(items: Lead[], filter: LeadFilter = WAITING, sort: Sort = "newest", next: string | null = null) {
  client.setQueryData<Pages>(leadKeys.list(filter, sort), { pages: [{ items, next }], pageParams: [""] });
}

function shown(filter: LeadFilter = WAITING, sort: Sort = "newest"): Lead[] {
  return client.getQueryData<Pages>(leadKeys.list(filter, sort))?.pages.flatMap((page) => page.items) ?? [];
}

const names = (filter?: LeadFilter, sort?: Sort) => shown(filter, sort).map((each) => each.id);

function aDelivery(change: Partial<Delivery>): Delivery {
  return { id: "d", state: "sending", updatedAt: at(10), attempts: 1, ...change } as Delivery;
}

/** An answer that comes when the test says so. */
function later<T>() {
  let answer!: (value: T) => void;
  const promise = new Promise<T>((resolve) => (answer = resolve));
  return { promise, answer };
}

beforeEach(() => {
  client = new QueryClient({ defaultOptions: { queries: { retry: false, staleTime: 30_000 } } });
  keepNewest(client);
});

describe("a lead that is told", () => {
  it("stands at its place", () => {
    list([ada, eve]);
    list([eve, ada], WAITING, "oldest");
    applyLead(client, bob);
    expect(names()).toEqual(["ada", "bob", "eve"]);
    expect(names(WAITING, "oldest")).toEqual(["eve", "bob", "ada"]);
  });

  it("is there once, however often it is told", () => {
    list([ada]);
    applyLead(client, bob);
    applyLead(client, bob);
    expect(names()).toEqual(["ada", "bob"]);
  });

  it("is left to the next page where that will bring it", () => {
    list([ada, bob], WAITING, "newest", "cursor");
    applyLead(client, eve);
    expect(names()).toEqual(["ada", "bob"]);
  });

  it("goes from where it does not belong any more, and appears where it does", () => {
    list([ada, bob]);
    list([], { status: ["acknowledged"] });
    applyLead(client, { ...bob, status: "acknowledged", revision: 2 });
    expect(names()).toEqual(["ada"]);
    expect(names({ status: ["acknowledged"] })).toEqual(["bob"]);
  });

  it("stays in sight when it was just read, also when it is changed afterwards", () => {
    list([ada, bob], { status: ["unread"] });
    applyLead(client, { ...bob, status: "read", revision: 2 });
    applyLead(client, { ...bob, status: "read", tags: ["vip"], revision: 3 });
    expect(names({ status: ["unread"] })).toEqual(["ada", "bob"]);
    applyLead(client, { ...bob, status: "acknowledged", revision: 4 });
    expect(names({ status: ["unread"] })).toEqual(["ada"]);
  });

  it("never goes back to what it was", () => {
    list([ada]);
    client.setQueryData(leadKeys.detail("ada"), aLeadInFull({ ...ada }));
    applyLead(client, { ...ada, priority: "urgent", revision: 3 });
    applyLead(client, { ...ada, priority: "low", revision: 2 });
    expect(shown()[0]?.priority).toBe("urgent");
    expect(client.getQueryData<LeadInFull>(leadKeys.detail("ada"))?.priority).toBe("urgent");
  });

  it("is newer by its moment where nobody but the service has changed it", () => {
    list([ada]);
    applyLead(client, { ...ada, emailStatus: "delivered", updatedAt: at(400) });
    applyLead(client, { ...ada, emailStatus: "pending", updatedAt: at(300) });
    expect(shown()[0]?.emailStatus).toBe("delivered");
  });

  it("moves when its time does, where the time left is the order", () => {
    list(
      [ada, bob].map((each, index) => ({ ...each, dueAt: at(30 + index) })),
      WAITING,
      "time-left",
    );
    applyLead(client, { ...ada, dueAt: at(50), revision: 2 });
    expect(names(WAITING, "time-left")).toEqual(["bob", "ada"]);
  });

  it("does not make a list look as if it had been loaded just now", () => {
    list([ada]);
    const before = client.getQueryState(leadKeys.list(WAITING, "newest"))!.dataUpdatedAt;
    vi.spyOn(Date, "now").mockReturnValue(before + 60_000);
    applyLead(client, bob);
    expect(client.getQueryState(leadKeys.list(WAITING, "newest"))!.dataUpdatedAt).toBe(before);
  });

  it("leaves a list to be loaded that had to be", async () => {
    list([ada]);
    await client.invalidateQueries({ queryKey: leadKeys.lists });
    applyLead(client, bob);
    expect(client.getQueryState(leadKeys.list(WAITING, "newest"))!.isInvalidated).toBe(true);
  });

  it("has lists loaded anew of which only the service knows, once for many", async () => {
    vi.useFakeTimers();
    const { asked } = playService({ "GET /api/messages": { items: [ada], next: null } });
    const stop = new InfiniteQueryObserver(client, leadsQuery({ q: "ada" }, "newest")).subscribe(() => undefined);
    await vi.advanceTimersByTimeAsync(10);
    [bob, eve, { ...bob, revision: 2 }].forEach((each) => applyLead(client, each));
    await vi.advanceTimersByTimeAsync(1_000);
    expect(asked).toHaveLength(2);
    stop();
    vi.useRealTimers();
  });

  it("keeps what the page of the lead knows beyond the list, and what has grown", () => {
    const timeline = [
      { type: "message.created", data: {}, at: at(1) },
      { type: "message.read", data: {}, at: at(2) },
    ];
    client.setQueryData(leadKeys.detail("ada"), aLeadInFull({ ...ada, timeline, revision: 2 }));
    applyLead(client, { ...ada, status: "acknowledged", revision: 3 });
    applyLead(client, aLeadInFull({ ...ada, status: "acknowledged", revision: 3, timeline: timeline.slice(0, 1) }));
    expect(client.getQueryData<LeadInFull>(leadKeys.detail("ada"))).toMatchObject({ status: "acknowledged", timeline });
  });
});

describe("a delivery that is told", () => {
  it("replaces what is older, in the lead and in what was said", () => {
    const delivery = aDelivery({});
    const reply = { id: "t", delivery: { id: "d", state: "sending", updatedAt: at(10) } };
    client.setQueryData(
      leadKeys.detail("ada"),
      aLeadInFull({ ...ada, deliveries: [delivery], thread: [reply] as never }),
    );
    applyDelivery(client, "ada", aDelivery({ state: "delivered", updatedAt: at(12) }));
    applyDelivery(client, "ada", aDelivery({ state: "sent", updatedAt: at(11) }));
    applyDelivery(client, "ada", aDelivery({ id: "e", state: "pending" }));
    const lead = client.getQueryData<LeadInFull>(leadKeys.detail("ada"))!;
    expect(lead.deliveries.map((each) => each.state)).toEqual(["delivered", "pending"]);
    expect(lead.thread?.[0]?.delivery?.state).toBe("delivered");
  });

  it("is not undone by an answer that was under way", async () => {
    const { promise, answer } = later<LeadInFull>();
    playService({ "GET /api/messages/ada": () => promise });
    const stop = new QueryObserver(client, leadQuery("ada")).subscribe(() => undefined);
    applyDelivery(client, "ada", aDelivery({ state: "delivered", updatedAt: at(12) }));
    answer(aLeadInFull({ ...ada, deliveries: [aDelivery({})] }));
    await vi.waitFor(() => expect(client.getQueryData(leadKeys.detail("ada"))).toBeDefined(), { timeout: 10_000 });
    expect(client.getQueryData<LeadInFull>(leadKeys.detail("ada"))?.deliveries[0]?.state).toBe("delivered");
    stop();
  });
});

describe("an answer that was under way", () => {
  it("does not hide a lead that came meanwhile, nor bring one back that left", async () => {
    const { promise, answer } = later<unknown>();
    playService({ "GET /api/messages": () => promise });
    const stop = new InfiniteQueryObserver(client, leadsQuery(WAITING, "newest")).subscribe(() => undefined);
    applyLead(client, ada);
    applyLead(client, { ...bob, status: "archived", revision: 2 });
    answer({ items: [bob, eve], next: null });
    await vi.waitFor(() => expect(names()).toEqual(["ada", "eve"]), { timeout: 10_000 });
    stop();
  });

  it("does not show again what was before it", async () => {
    const { promise, answer } = later<unknown>();
    playService({ "GET /api/messages": () => promise });
    list([ada, bob]);
    applyLead(client, { ...ada, status: "archived", revision: 2 });
    const stop = new InfiniteQueryObserver(client, { ...leadsQuery(WAITING, "newest"), staleTime: 0 }).subscribe(
      () => undefined,
    );
    // What was told before the question is in the answer, or has been overtaken.
    answer({ items: [{ ...ada, revision: 3 }, bob], next: null });
    await vi.waitFor(() => expect(names()).toEqual(["ada", "bob"]), { timeout: 10_000 });
    stop();
  });

  it("keeps what was told between two pages", async () => {
    const { promise, answer } = later<unknown>();
    playService({
      "GET /api/messages": (request: Request) =>
        new URL(request.url).searchParams.has("cursor") ? promise : { items: [bob], next: "cursor" },
    });
    const observer = new InfiniteQueryObserver(client, leadsQuery(WAITING, "newest"));
    const stop = observer.subscribe(() => undefined);
    await vi.waitFor(() => expect(names()).toEqual(["bob"]), { timeout: 10_000 });
    const more = observer.fetchNextPage();
    await Promise.resolve();
    applyLead(client, ada);
    answer({ items: [eve], next: null });
    await more;
    expect(names()).toEqual(["ada", "bob", "eve"]);
    stop();
  });

  it("is asked for again by whoever comes back, where nobody waited for it", async () => {
    const { promise } = later<unknown>();
    playService({ "GET /api/messages": () => promise });
    list([ada]);
    const observer = new InfiniteQueryObserver(client, { ...leadsQuery(WAITING, "newest"), staleTime: 0 });
    const stop = observer.subscribe(() => undefined);
    applyLead(client, bob);
    stop();
    await vi.waitFor(() => expect(client.getQueryState(leadKeys.list(WAITING, "newest"))!.fetchStatus).toBe("idle"), {
      timeout: 10_000,
    });
    expect(names()).toEqual(["ada", "bob"]);
    expect(client.getQueryState(leadKeys.list(WAITING, "newest"))!.isInvalidated).toBe(true);
  });
});

describe("an optimistic update", () => {
  it("is shown at once, and taken back to what was", () => {
    list([ada, bob, eve]);
    const { rollBack } = updateOptimistically(client, "bob", { status: "archived" });
    expect(names()).toEqual(["ada", "eve"]);
    rollBack();
    expect(shown()).toEqual([ada, bob, eve]);
  });

  it("takes nothing away that happened to others meanwhile", () => {
    list([bob, eve]);
    const { rollBack } = updateOptimistically(client, "bob", { status: "archived" });
    applyLead(client, ada);
    applyLead(client, { ...eve, priority: "urgent", revision: 2 });
    rollBack();
    expect(shown().map((each) => [each.id, each.priority])).toEqual([
      ["ada", "medium"],
      ["bob", "medium"],
      ["eve", "urgent"],
    ]);
  });

  it("that is refused gives way to what somebody else did meanwhile", () => {
    list([ada]);
    const { rollBack } = updateOptimistically(client, "ada", { priority: "low" });
    applyLead(client, { ...ada, assignedTo: "kim", revision: 2 });
    expect(shown()[0]).toMatchObject({ priority: "low", assignedTo: "kim" });
    rollBack();
    expect(shown()[0]).toMatchObject({ priority: "medium", assignedTo: "kim", revision: 2 });
  });

  it("does not take another update of the same lead with it", () => {
    list([ada]);
    const one = updateOptimistically(client, "ada", { priority: "low" });
    const other = updateOptimistically(client, "ada", { tags: ["vip"] });
    one.rollBack();
    expect(shown()[0]).toMatchObject({ priority: "medium", tags: ["vip"] });
    other.confirm({ ...ada, tags: ["vip"], revision: 2 });
    expect(shown()[0]).toMatchObject({ priority: "medium", tags: ["vip"], revision: 2 });
    expect(knownLead(client, "ada")?.revision).toBe(2);
  });

  it("is replaced by the answer, unless something newer was told before it came", () => {
    list([ada]);
    const { confirm } = updateOptimistically(client, "ada", { priority: "low" });
    applyLead(client, { ...ada, priority: "high", revision: 3 });
    confirm({ ...ada, priority: "low", revision: 2 });
    expect(shown()[0]).toMatchObject({ priority: "high", revision: 3 });
  });

  it("outlives a list that is loaded before the answer", async () => {
    playService({ "GET /api/messages": { items: [ada, bob], next: null } });
    list([ada, bob]);
    const { rollBack } = updateOptimistically(client, "bob", { status: "archived" });
    const stop = new InfiniteQueryObserver(client, { ...leadsQuery(WAITING, "newest"), staleTime: 0 }).subscribe(
      () => undefined,
    );
    await vi.waitFor(() => expect(client.getQueryState(leadKeys.list(WAITING, "newest"))!.fetchStatus).toBe("idle"), {
      timeout: 10_000,
    });
    expect(names()).toEqual(["ada"]);
    rollBack();
    expect(names()).toEqual(["ada", "bob"]);
    stop();
  });

  it("of a lead that is not there changes nothing", () => {
    list([ada]);
    const { rollBack, confirm } = updateOptimistically(client, "nobody", { status: "archived" });
    rollBack();
    expect(shown()).toEqual([ada]);
    confirm(bob);
    expect(names()).toEqual(["ada", "bob"]);
  });
});
