import type { QueryClient, QueryKey } from "@tanstack/react-query";

import type { Delivery, Lead, LeadInFull, ThreadEntry } from "@/leads/lead";
import { memoryOf, remember, rememberAge, withOptimisticChanges } from "@/leads/memory";
import { findIn, isOlder, type Pages, placed } from "@/leads/placement";
import { leadKeys } from "@/leads/queries";
import { currentSession } from "@/lib/session";

const ASK_AGAIN_MS = 250;

/** A lead that has the fields that are shown and not those of one in full. */
function asListed(lead: Lead | LeadInFull): Lead {
  const { timeline: _timeline, deliveries: _deliveries, thread: _thread, ...listed } = lead as LeadInFull;
  return listed as Lead;
}

/** The newest that is known of a lead, from whichever list or page has it. */
export function knownLead(client: QueryClient, id: string): Lead | undefined {
  let newest: Lead | undefined = client.getQueryData<LeadInFull>(leadKeys.detail(id));
  for (const [, data] of client.getQueriesData<Pages>({ queryKey: leadKeys.lists })) {
    const found = findIn(data, id);
    if (found && (!newest || isOlder(newest, found))) {
      newest = found;
    }
  }
  return newest;
}

/**
 * Puts a lead as the service told of it where it is shown, and takes it away where it does not belong any more. An older state never
 * overwrites a newer one, so it does not matter in which order answers and events come.
 */
export function applyLead(client: QueryClient, told: Lead | LeadInFull): void {
  const { serverStates, newest } = memoryOf(client);
  // A list that it has left does not know how new it was.
  if ([newest.get(told.id), knownLead(client, told.id)].some((each) => each && isOlder(told, each))) {
    return;
  }
  rememberAge(client, told);
  remember(client, { lead: told });
  const base = serverStates.get(told.id);
  if (base && !isOlder(told, base)) {
    serverStates.set(told.id, asListed(told));
  }
  showLead(client, told);
}

/** Puts a delivery as the service told of it into its lead. */
export function applyDelivery(client: QueryClient, messageId: string, delivery: Delivery): void {
  remember(client, { messageId, delivery });
  showDelivery(client, messageId, delivery);
}

interface OptimisticUpdate {
  /** The service has answered. */
  readonly confirm: (told: Lead | LeadInFull) => void;
  /** The service has refused, or cannot be reached: what it told last is shown again, and what was told meanwhile stays. */
  readonly rollBack: () => void;
}

/** Shows a change before the service has answered. */
export function updateOptimistically(client: QueryClient, id: string, change: Partial<Lead>): OptimisticUpdate {
  const { serverStates, optimistic } = memoryOf(client);
  const before = serverStates.get(id) ?? knownLead(client, id);
  if (!before) {
    return { confirm: (told) => applyLead(client, told), rollBack: () => undefined };
  }
  serverStates.set(id, asListed(before));
  optimistic.set(id, [...(optimistic.get(id) ?? []), change]);
  showLead(client, before);
  const end = (told?: Lead | LeadInFull) => {
    optimistic.set(
      id,
      (optimistic.get(id) ?? []).filter((each) => each !== change),
    );
    if (told) {
      applyLead(client, told);
    }
    const known = serverStates.get(id) ?? before;
    // The next page comes with the pages before it as they were, with their optimistic changes.
    remember(client, { lead: known });
    showLead(client, known);
    if (optimistic.get(id)?.length === 0) {
      optimistic.delete(id);
      serverStates.delete(id);
    }
  };
  return { confirm: end, rollBack: () => end() };
}

/** Shows a lead, with its optimistic changes, everywhere. */
export function showLead(client: QueryClient, told: Lead | LeadInFull): void {
  showInDetail(client, told);
  for (const [key] of client.getQueriesData<Pages>({ queryKey: leadKeys.lists })) {
    showInList(client, key, told);
  }
}

export function showInDetail(client: QueryClient, told: Lead | LeadInFull): void {
  const key = leadKeys.detail(told.id);
  const old = client.getQueryData<LeadInFull>(key);
  if (old && !isOlder(told, old)) {
    put(client, key, withOptimisticChanges(client, { ...old, ...told, ...grown(old, told) }));
  }
}

/** What was said and done only ever grows: what is shorter was read before. */
function grown(old: LeadInFull, told: Partial<LeadInFull>) {
  const deliveries = (told.deliveries ?? []).reduce(withDelivery, old.deliveries);
  const thread = longer(old.thread ?? [], told.thread ?? []);
  return {
    timeline: longer(old.timeline, told.timeline ?? []),
    thread: withStates(thread, deliveries),
    deliveries,
  };
}

function longer<T>(one: T[], other: T[]): T[] {
  return other.length >= one.length ? other : one;
}

export function showInList(client: QueryClient, key: QueryKey, told: Lead | LeadInFull): void {
  const data = client.getQueryData<Pages>(key);
  if (!data) {
    return;
  }
  const [, , filter, sort] = key as ReturnType<typeof leadKeys.list>;
  const me = currentSession()?.person.id;
  const after = placed(data, withOptimisticChanges(client, asListed(told)), { filter, sort, me });
  if (after === "ask") {
    askAgain(client, key);
  } else if (after !== data) {
    put(client, key, after);
  }
}

export function showDelivery(client: QueryClient, messageId: string, delivery: Delivery): void {
  const key = leadKeys.detail(messageId);
  const old = client.getQueryData<LeadInFull>(key);
  if (old) {
    put(client, key, { ...old, ...grown(old, { deliveries: [delivery] }) });
  }
}

function withDelivery(deliveries: LeadInFull["deliveries"], told: Delivery): LeadInFull["deliveries"] {
  const found = deliveries.find((each) => each.id === told.id);
  if (!found) {
    return [...deliveries, told];
  }
  return told.updatedAt < found.updatedAt ? deliveries : deliveries.map((each) => (each === found ? told : each));
}

/** What was said, with how far it has come by now. */
function withStates(thread: ThreadEntry[], deliveries: LeadInFull["deliveries"]): ThreadEntry[] {
  return thread.map((entry) => {
    const found = deliveries.find((each) => each.id === entry.delivery?.id);
    if (!found || !entry.delivery || found.updatedAt < entry.delivery.updatedAt) {
      return entry;
    }
    const { id, state, attempts, outcomeUnknown, lastError, updatedAt } = found;
    return { ...entry, delivery: { id, state, attempts, outcomeUnknown, lastError, updatedAt } };
  });
}

/** Changes what is cached without making it look as if it had been loaded just now. */
function put(client: QueryClient, key: QueryKey, data: unknown): void {
  const { dataUpdatedAt, isInvalidated } = client.getQueryState(key) ?? {};
  client.setQueryData(key, data, dataUpdatedAt ? { updatedAt: dataUpdatedAt } : {});
  if (isInvalidated) {
    void client.invalidateQueries({ queryKey: key, exact: true, refetchType: "none" });
  }
}

const asking = new WeakMap<QueryClient, ReturnType<typeof setTimeout>>();

/** Has a list loaded anew, once for all that happens within a moment. */
function askAgain(client: QueryClient, key: QueryKey): void {
  void client.invalidateQueries({ queryKey: key, exact: true, refetchType: "none" });
  if (!asking.has(client)) {
    const ask = () => {
      asking.delete(client);
      void client.refetchQueries({ queryKey: leadKeys.lists, type: "active", stale: true });
    };
    asking.set(client, setTimeout(ask, ASK_AGAIN_MS));
  }
}

/**
 * Loads anew what is shown of leads, and leaves the rest to be loaded when it is shown. What is under way may be older than what is
 * missed, so it is waited for.
 */
export async function refreshLeads(client: QueryClient): Promise<void> {
  const running = client.getQueryCache().findAll({ queryKey: leadKeys.all, fetchStatus: "fetching" });
  await Promise.allSettled(running.map((each) => each.fetch()));
  await client.invalidateQueries({ queryKey: leadKeys.all });
}
