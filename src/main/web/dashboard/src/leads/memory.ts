import type { QueryClient } from "@tanstack/react-query";

import type { Delivery, Lead, LeadInFull } from "@/leads/lead";

export type Told = { readonly lead: Lead | LeadInFull } | { readonly messageId: string; readonly delivery: Delivery };

/** What is known beside the cache itself: what was told while something is being loaded, and optimistic changes. */
interface Memory {
  /** Counts what is told, so that it can be said what came after a request began. */
  turn: number;
  told: (Told & { readonly turn: number })[];
  /** Since when each list or lead is being loaded. */
  readonly loading: Map<string, number>;
  /** The newest state that the service has sent of a lead with optimistic changes. */
  readonly serverStates: Map<string, Lead>;
  /** How new the newest is that was told of a lead, for those that are in no list any more; of the last ones only. */
  readonly newest: Map<string, Age>;
  /** What people did to each lead, shown before the service has answered. */
  readonly optimistic: Map<string, readonly Partial<Lead>[]>;
}

export type Age = Pick<Lead, "revision" | "updatedAt">;

const MOST_AGES = 5_000;

const memories = new WeakMap<QueryClient, Memory>();

export function memoryOf(client: QueryClient): Memory {
  let memory = memories.get(client);
  if (!memory) {
    memory = {
      turn: 0,
      told: [],
      loading: new Map(),
      serverStates: new Map(),
      newest: new Map(),
      optimistic: new Map(),
    };
    memories.set(client, memory);
  }
  return memory;
}

/** An answer that is under way may be older than what is told now. */
export function remember(client: QueryClient, told: Told): void {
  const memory = memoryOf(client);
  memory.turn++;
  if (memory.loading.size > 0) {
    memory.told.push({ ...told, turn: memory.turn });
  }
}

export function rememberAge(client: QueryClient, { id, revision, updatedAt }: Lead): void {
  const { newest } = memoryOf(client);
  newest.delete(id);
  newest.set(id, { revision, updatedAt });
  if (newest.size > MOST_AGES) {
    newest.delete(newest.keys().next().value!);
  }
}

/** The lead as it is shown: as it was told, with what people just did to it. */
export function withOptimisticChanges<L extends Lead>(client: QueryClient, lead: L): L {
  return Object.assign({}, lead, ...(memoryOf(client).optimistic.get(lead.id) ?? [])) as L;
}
