import { useCallback, useEffect, useMemo } from "react";

import { answered } from "../../client/src/index";
import { type Filter, keyOf } from "./filter";
import { useMessaging, useMessagingState } from "./messaging-provider";
import { addPage, type Message, setPage } from "./store";

const LIMIT = 50;

export interface Messages {
  readonly messages: readonly Message[];
  readonly status: "loading" | "ready" | "failed";
  readonly error: Error | undefined;
  readonly hasMore: boolean;
  readonly loadMore: () => Promise<void>;
  readonly reload: () => Promise<void>;
}

/** The leads that a filter finds, the newest first, page after page; kept right by actions and by `useRealtimeMessages`. */
export function useMessages(filter: Filter = {}): Messages {
  const { api, store } = useMessaging();
  const key = keyOf(filter);
  const stable = useMemo(() => filter, [key]);
  const page = useMessagingState((state) => state.pages[key]);
  const known = useMessagingState((state) => state.messages);

  const load = useCallback(
    async (cursor: string | null) => {
      try {
        const query = { ...stable, limit: LIMIT, ...(cursor && { cursor }) } as never;
        const { items, next } = await answered(api.GET("/api/messages", { params: { query } }));
        addPage(store, stable, items, next, cursor === null);
      } catch (error) {
        setPage(store, stable, { status: "failed", error: error as Error });
      }
    },
    [api, store, stable],
  );

  useEffect(() => {
    if (!store.getState().pages[key]) {
      setPage(store, stable, { status: "loading" });
      void load(null);
    }
  }, [store, key, stable, load]);

  return {
    messages: useMemo(
      () => (page?.ids ?? []).map((id) => known[id]).filter((each): each is Message => each !== undefined),
      [page, known],
    ),
    status: page?.status ?? "loading",
    error: page?.error,
    hasMore: (page?.next ?? null) !== null,
    loadMore: () => load(page?.next ?? null),
    reload: () => load(null),
  };
}
