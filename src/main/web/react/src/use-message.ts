import { useCallback, useEffect, useState } from "react";

import { answered, type components } from "../../client/src/index";
import { useMessaging, useMessagingState } from "./messaging-provider";
import { apply } from "./store";

type MessageInFull = components["schemas"]["MessageInFull"];

/** One lead with its timeline, deliveries and thread; asked for again whenever it has changed. */
export function useMessage(id: string | undefined) {
  const { api, store, me } = useMessaging();
  const [whole, setWhole] = useState<MessageInFull>();
  const [error, setError] = useState<Error>();
  const known = useMessagingState((state) => (id === undefined ? undefined : state.messages[id]));
  const revision = known ? `${known.revision} ${known.updatedAt}` : "";

  const load = useCallback(async () => {
    if (id === undefined) {
      return;
    }
    try {
      const found = await answered(api.GET("/api/messages/{id}", { params: { path: { id } } }));
      setWhole(found);
      setError(undefined);
      const { timeline: _timeline, deliveries: _deliveries, thread: _thread, ...message } = found;
      apply(store, message, me);
    } catch (caught) {
      setError(caught as Error);
    }
  }, [api, store, me, id]);

  useEffect(() => {
    setWhole((before) => (before?.id === id ? before : undefined));
    setError(undefined);
  }, [id]);
  useEffect(() => void load(), [load, revision]);

  const message = whole && whole.id === id ? { ...whole, ...known } : undefined;
  return { message, error, reload: load };
}
