import type { StreamState } from "@callback-messaging/client";
import { useEffect, useState } from "react";
import { create } from "zustand";

/** How the page follows what happens. */
export type Health = "connecting" | "live" | "reconnecting" | "offline" | "signed-out";

interface Connection {
  readonly state: StreamState;
  readonly hasBeenOpen: boolean;
  /** Since when it is as it is: all of the tries to come back are one trouble. */
  readonly since: number;
  readonly isOnline: boolean;
}

const BEGINNING = { state: "connecting", hasBeenOpen: false } as const;

export const useConnection = create<Connection>(() => ({
  ...BEGINNING,
  since: Date.now(),
  isOnline: navigator.onLine,
}));

export function connectionBegins(): void {
  useConnection.setState({ ...BEGINNING, since: Date.now(), isOnline: navigator.onLine });
}

export function connectionIs(state: StreamState): void {
  become((before) => ({ ...before, state, hasBeenOpen: before.hasBeenOpen || state === "open" }));
}

export function watchNetwork(): () => void {
  const look = () => become((before) => ({ ...before, isOnline: navigator.onLine }));
  window.addEventListener("online", look);
  window.addEventListener("offline", look);
  return () => {
    window.removeEventListener("online", look);
    window.removeEventListener("offline", look);
  };
}

function become(change: (before: Connection) => Connection): void {
  useConnection.setState((before) => {
    const after = change(before);
    return isLive(before) === isLive(after) ? after : { ...after, since: Date.now() };
  });
}

const isLive = (connection: Connection) => healthOf(connection) === "live";

export function healthOf({ state, hasBeenOpen, isOnline }: Connection): Health {
  if (state === "refused") {
    return "signed-out";
  }
  if (!isOnline) {
    return "offline";
  }
  return state === "open" ? "live" : hasBeenOpen || state === "waiting" ? "reconnecting" : "connecting";
}

export const useHealth = () => useConnection(healthOf);

const TROUBLE_MS = 3_000;

/** Whether something is wrong for so long that people should know: a moment without a connection is nothing. */
export function useTrouble(): boolean {
  const health = useHealth();
  const since = useConnection((connection) => connection.since);
  const isFine = health === "live";
  const [toldOf, setToldOf] = useState<number>();
  useEffect(() => {
    if (!isFine) {
      const timer = setTimeout(() => setToldOf(since), Math.max(0, since + TROUBLE_MS - Date.now()));
      return () => clearTimeout(timer);
    }
    return undefined;
  }, [isFine, since]);
  return !isFine && (toldOf === since || health === "signed-out");
}
