import { useEffect } from "react";

import { answered } from "../../client/src/index";
import { useMessaging, useMessagingState } from "./messaging-provider";

/** How many leads nobody has looked at; undefined until it is known. Kept right by `useRealtimeMessages`. */
export function useUnreadMessageCount(): number | undefined {
  const { api, store } = useMessaging();
  const unread = useMessagingState((state) => state.unread);
  useEffect(() => {
    if (store.getState().unread === undefined) {
      answered(api.GET("/api/messages/unread-count")).then(
        (counts) => store.setState({ unread: counts.unread }),
        // A badge that is not known is not shown; the list says what is wrong.
        () => undefined,
      );
    }
  }, [api, store]);
  return unread;
}
