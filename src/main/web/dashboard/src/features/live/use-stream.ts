import { followTogether, type StreamEvent } from "@callback-messaging/client";
import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef } from "react";

import { applyEvent } from "@/features/live/apply-event";
import { connectionBegins, connectionIs, useConnection, watchNetwork } from "@/features/live/connection";
import { useScreen } from "@/features/live/use-screen";
import { refreshLeads } from "@/leads/cache";
import { bearer, chosenBusiness } from "@/lib/api";
import { currentSession } from "@/lib/session";

const TICK_MS = 15_000;
/** Pages out of sight are given a tick each minute at least. */
const ASLEEP_MS = 150_000;

/** Follows what happens as long as the page is there, by one stream for all tabs. */
export function useStream(onEvent: (event: StreamEvent) => void): void {
  const client = useQueryClient();
  const latest = useRef(onEvent);
  latest.current = onEvent;
  const { badge, sound } = useScreen();
  const isNoticed = useRef(true);
  isNoticed.current = badge || sound !== "silent";
  useEffect(() => {
    const business = chosenBusiness();
    // What was loaded before the stream began may lack what came in between.
    let isBehind = true;
    let tickedAt = Date.now();
    const catchUp = () => {
      if (isBehind && useConnection.getState().state === "open") {
        isBehind = false;
        void refreshLeads(client);
      }
    };
    const ticks = setInterval(() => {
      isBehind ||= Date.now() - tickedAt > ASLEEP_MS;
      tickedAt = Date.now();
      catchUp();
    }, TICK_MS);
    connectionBegins();
    const stopWatching = watchNetwork();
    const stream = followTogether({
      ...(business !== undefined && { business }),
      person: currentSession()?.person.id,
      // Of a page behind others the bell is heard and the count in its title is seen.
      staysWhenHidden: () => isNoticed.current,
      bearer,
      onState: (state) => {
        connectionIs(state);
        catchUp();
      },
      onEvent: (event) => {
        applyEvent(client, event);
        latest.current(event);
      },
    });
    return () => {
      clearInterval(ticks);
      stopWatching();
      stream.close();
    };
  }, [client]);
}
