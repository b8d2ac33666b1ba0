import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";

import { allowSound, chime } from "@/features/live/chime";
import { silence, silenceAll, useRinging } from "@/features/live/ringing";
import { useScreen } from "@/features/live/use-screen";
import { knownLead } from "@/leads/cache";
import { countsQuery, leadKeys } from "@/leads/queries";
import { useMuted } from "@/lib/muted";

const AGAIN_MS = 20_000;

/** Lets new leads be heard, as is preferred, and stops when they are read. Of all tabs one is heard. */
export function useBell(): void {
  const { sound } = useScreen();
  const isMuted = useMuted((state) => state.isMuted);
  const count = useRinging((state) => state.ids.size);
  const isHeard = useIsHeard(sound !== "silent" && !isMuted);
  useSilenceWhenRead();

  const before = useRef(count);
  useEffect(() => {
    const isMore = count > before.current;
    before.current = count;
    if (!isHeard || count === 0) {
      return;
    }
    if (isMore) {
      chime();
    }
    if (sound === "until-read") {
      const timer = setInterval(chime, AGAIN_MS);
      return () => clearInterval(timer);
    }
  }, [count, isHeard, sound]);
}

/** Whether this tab is the one that is heard: one of those that somebody has touched. */
function useIsHeard(isWanted: boolean): boolean {
  const [isHeard, setHeard] = useState(false);
  const isTouched = useIsTouched();
  useEffect(() => {
    if (!isWanted || !isTouched) {
      return;
    }
    if (!("locks" in navigator)) {
      setHeard(true);
      return () => setHeard(false);
    }
    const leaving = new AbortController();
    const left = new Promise<void>((resolve) => leaving.signal.addEventListener("abort", () => resolve()));
    const held = navigator.locks.request("callback-messaging-sound", { signal: leaving.signal }, () => {
      if (!leaving.signal.aborted) {
        setHeard(true);
      }
      return left;
    });
    void held.catch(() => undefined);
    return () => {
      leaving.abort();
      setHeard(false);
    };
  }, [isWanted, isTouched]);
  return isHeard;
}

function useIsTouched(): boolean {
  const [isTouched, setTouched] = useState(false);
  useEffect(() => {
    const touch = () => {
      allowSound();
      setTouched(true);
    };
    window.addEventListener("pointerdown", touch);
    window.addEventListener("keydown", touch);
    return () => {
      window.removeEventListener("pointerdown", touch);
      window.removeEventListener("keydown", touch);
    };
  }, []);
  return isTouched;
}

/** What is read here is known here first, before the service has told of it. */
function useSilenceWhenRead(): void {
  const client = useQueryClient();
  const unread = useQuery(countsQuery()).data?.unread;
  useEffect(() => {
    if (unread === 0) {
      silenceAll();
    }
  }, [unread]);
  useEffect(
    () =>
      client.getQueryCache().subscribe(({ type, query }) => {
        if (type === "updated" && query.queryKey[0] === leadKeys.all[0]) {
          for (const id of useRinging.getState().ids) {
            const lead = knownLead(client, id);
            if (lead && lead.status !== "unread") {
              silence(id);
            }
          }
        }
      }),
    [client],
  );
}
