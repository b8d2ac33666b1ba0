import type { Query, QueryClient } from "@tanstack/react-query";

import { showDelivery, showInDetail, showInList } from "@/leads/cache";
import { memoryOf } from "@/leads/memory";
import { findIn, isOlder, type Pages } from "@/leads/placement";
import { leadKeys } from "@/leads/queries";

/**
 * Keeps answers from overwriting what was told while they were under way: a list is as old as the moment at which the service looked.
 * Once for a client, before anything is loaded.
 */
export function keepNewest(client: QueryClient): void {
  const { loading } = memoryOf(client);
  client.getQueryCache().subscribe((event) => {
    const { query } = event;
    if (!isOfLeads(query)) {
      return;
    }
    if (event.type === "removed") {
      ended(client, query);
    } else if (event.type === "updated") {
      const { action } = event;
      if (action.type === "fetch" && !loading.has(query.queryHash)) {
        loading.set(query.queryHash, memoryOf(client).turn);
      } else if ((action.type === "success" && !action.manual) || action.type === "error") {
        retell(client, query);
      } else if (action.type === "setState") {
        // Given up, and put back to what it was before: whatever made it load is still to be done.
        retell(client, query);
        void client.invalidateQueries({ queryKey: query.queryKey, exact: true, refetchType: "none" });
      }
    }
  });
}

function isOfLeads({ queryKey: [all, kind, , ...more] }: Query): boolean {
  return all === leadKeys.all[0] && (kind === "list" || (kind === "detail" && more.length === 0));
}

/** Tells an answer what it missed. */
function retell(client: QueryClient, query: Query): void {
  const memory = memoryOf(client);
  const since = memory.loading.get(query.queryHash) ?? memory.turn;
  const missed = memory.told.filter((each) => each.turn > since);
  ended(client, query);
  for (const [id, base] of memory.serverStates) {
    const fetched = isList(query) ? findIn(query.state.data as Pages | undefined, id) : undefined;
    if (fetched && isOlder(base, fetched)) {
      memory.serverStates.set(id, fetched);
    }
    missed.push({ lead: memory.serverStates.get(id)!, turn: memory.turn });
  }
  for (const told of missed) {
    if ("delivery" in told) {
      if (query.queryKey[2] === told.messageId) {
        showDelivery(client, told.messageId, told.delivery);
      }
    } else if (isList(query)) {
      showInList(client, query.queryKey, told.lead);
    } else if (query.queryKey[2] === told.lead.id) {
      showInDetail(client, told.lead);
    }
  }
}

const isList = (query: Query) => query.queryKey[1] === "list";

function ended(client: QueryClient, query: Query): void {
  const memory = memoryOf(client);
  memory.loading.delete(query.queryHash);
  if (memory.loading.size === 0) {
    memory.told = [];
  }
}
