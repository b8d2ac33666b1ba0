import { createContext, type ReactNode, useContext, useMemo } from "react";
import { useStore } from "zustand";

import { callbackMessaging } from "../../client/src/index";
import { newStore, type State, type Store } from "./store";
import { type Texts, TEXTS } from "./texts";

/** What of a Supabase client is needed to hear of changes. */
export interface RealtimeClient {
  channel(name: string): RealtimeChannel;
  removeChannel(channel: never): unknown;
}

export interface RealtimeChannel {
  on(type: never, filter: never, listener: (change: never) => void): RealtimeChannel;
  subscribe(listener?: (status: string) => void): RealtimeChannel;
}

export interface MessagingOptions {
  /** Where the service is, such as `https://callback.example.com`. */
  readonly baseUrl: string;
  /** A Supabase access token, or what gives one, asked anew for each request. */
  readonly bearer?: string | (() => string | undefined | Promise<string | undefined>);
  /** Which business is meant, by a person of several. */
  readonly business?: string;
  /** The signed-in person's id: by it leads of `assignee: "me"` are told without asking the service. */
  readonly me?: string;
  /** The platform's own Supabase client, for `useRealtimeMessages({ source: "supabase" })`. */
  readonly supabase?: RealtimeClient;
  /** How moments are written, such as `en-AU`; as the reader's browser has it where left out. */
  readonly locale?: string;
  readonly texts?: Partial<Texts>;
}

export interface Messaging extends MessagingOptions {
  readonly api: ReturnType<typeof callbackMessaging>;
  readonly store: Store;
  readonly words: Texts;
}

const Context = createContext<Messaging | undefined>(undefined);

/** Holds the leads for everything below it. Give `bearer` and `texts` that stay the same between renders. */
export function MessagingProvider({ children, ...options }: MessagingOptions & { readonly children: ReactNode }) {
  const { baseUrl, bearer, business, me, supabase, locale, texts } = options;
  // Another person or business has other leads.
  const store = useMemo(newStore, [baseUrl, business, me]);
  const messaging = useMemo<Messaging>(() => {
    const api = callbackMessaging({
      baseUrl,
      ...(business !== undefined && { business }),
      ...(bearer !== undefined && {
        bearer: async () => (typeof bearer === "function" ? ((await bearer()) ?? "") : bearer),
      }),
    });
    return { ...options, api, store, words: { ...TEXTS, ...texts } };
  }, [store, baseUrl, bearer, business, me, supabase, locale, texts]);
  return <Context.Provider value={messaging}>{children}</Context.Provider>;
}

/** What the provider above holds. */
export function useMessaging(): Messaging {
  const messaging = useContext(Context);
  if (!messaging) {
    throw new Error("Put <MessagingProvider baseUrl=…> around what uses leads.");
  }
  return messaging;
}

/** A part of what is known, rendered again when it changes. */
export function useMessagingState<T>(select: (state: State) => T): T {
  return useStore(useMessaging().store, select);
}
