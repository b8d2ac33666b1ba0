import { create } from "zustand";

interface Ringing {
  /** New leads that nobody has read yet, as far as this page has seen them come. */
  readonly ids: ReadonlySet<string>;
}

export const useRinging = create<Ringing>(() => ({ ids: new Set() }));

const between =
  typeof BroadcastChannel === "undefined" ? undefined : new BroadcastChannel("callback-messaging-ringing");

const MOST = 100;

export function ring(id: string): void {
  useRinging.setState(({ ids }) => ({ ids: new Set([...ids, id].slice(-MOST)) }));
}

/** Somebody has read it: no tab has to say more about it. */
export function silence(id: string): void {
  if (useRinging.getState().ids.has(id)) {
    quiet(id);
    between?.postMessage(id);
  }
}

/** Nothing is unread any more. */
export function silenceAll(): void {
  if (useRinging.getState().ids.size > 0) {
    useRinging.setState({ ids: new Set() });
  }
}

function quiet(id: string): void {
  useRinging.setState(({ ids }) => ({ ids: new Set([...ids].filter((each) => each !== id)) }));
}

between?.addEventListener("message", ({ data }: MessageEvent<unknown>) => {
  if (typeof data === "string" && useRinging.getState().ids.has(data)) {
    quiet(data);
  }
});
