import { useEffect } from "react";

import { answered, followTogether, type StreamEvent } from "../../client/src/index";
import { useMessaging, useMessagingState, type Messaging } from "./messaging-provider";
import { addNotice, addPage, apply, setPage } from "./store";

export interface RealtimeOptions {
  /**
   * `stream`: the service's server-sent events, which miss nothing. `supabase`: `postgres_changes` of the project, which misses what
   * happens while nobody listens; all is loaded again after each pause.
   */
  readonly source?: "stream" | "supabase";
  /** Hears of each lead that comes in. */
  readonly onNew?: (messageId: string) => void;
}

const SETTLE_MS = 250;

/** Keeps everything below the provider live. Use it once. Returns how the connection stands. */
export function useRealtimeMessages({ source = "stream", onNew }: RealtimeOptions = {}) {
  const messaging = useMessaging();
  useEffect(
    () => (source === "stream" ? followStream(messaging, onNew) : followSupabase(messaging, onNew)),
    [messaging, source, onNew],
  );
  return useMessagingState((state) => state.connection);
}

function followStream(messaging: Messaging, onNew: RealtimeOptions["onNew"]): () => void {
  const { store, baseUrl, bearer, business, me } = messaging;
  const stream = followTogether({
    baseUrl,
    person: me,
    staysWhenHidden: () => onNew !== undefined,
    ...(bearer !== undefined && { bearer }),
    ...(business !== undefined && { business }),
    onState: (connection) => store.setState({ connection }),
    onEvent: (event: StreamEvent) => {
      switch (event.event) {
        case "message.created":
        case "message.updated":
          if (event.message) {
            apply(store, event.message, me);
            if (event.event === "message.created" && event.message.quarantinedAt === null) {
              addNotice(store, { message: event.message });
              onNew?.(event.message.id);
            }
          }
          break;
        case "counts":
          store.setState({ unread: event.unread });
          break;
        case "reset":
        case "messages.deleted":
          void reloadAll(messaging);
          break;
        default:
      }
    },
  });
  return () => {
    stream.close();
    store.setState({ connection: "off" });
  };
}

function followSupabase(messaging: Messaging, onNew: RealtimeOptions["onNew"]): () => void {
  const { supabase, store, business } = messaging;
  if (!supabase) {
    throw new Error("Give <MessagingProvider supabase={…}> the project's client to hear of its changes.");
  }
  let timer: ReturnType<typeof setTimeout> | undefined;
  // A burst of changes is one look.
  const look = () => {
    clearTimeout(timer);
    timer = setTimeout(() => void reloadAll(messaging), SETTLE_MS);
  };
  store.setState({ connection: "connecting" });
  const filter = {
    event: "*",
    schema: "public",
    table: "messages",
    ...(business !== undefined && { filter: `business_id=eq.${business}` }),
  };
  const channel = supabase
    .channel("callback-messaging")
    .on(
      "postgres_changes" as never,
      filter as never,
      ((change: { eventType?: string; new?: { id?: string } }) => {
        look();
        if (change.eventType === "INSERT" && change.new?.id) {
          onNew?.(change.new.id);
        }
      }) as never,
    )
    .subscribe((status) => {
      store.setState({ connection: status === "SUBSCRIBED" ? "open" : "waiting" });
      if (status === "SUBSCRIBED") {
        look();
      }
    });
  return () => {
    clearTimeout(timer);
    void supabase.removeChannel(channel as never);
    store.setState({ connection: "off" });
  };
}

/** Loads the first page of each list that is shown, and the count. */
async function reloadAll({ api, store }: Messaging): Promise<void> {
  const pages = Object.values(store.getState().pages);
  await Promise.all([
    answered(api.GET("/api/messages/unread-count")).then(
      ({ unread }) => store.setState({ unread }),
      () => undefined,
    ),
    ...pages.map(async ({ filter }) => {
      try {
        const query = { ...filter, limit: 50 } as never;
        const { items, next } = await answered(api.GET("/api/messages", { params: { query } }));
        addPage(store, filter, items, next, true);
      } catch (error) {
        setPage(store, filter, { status: "failed", error: error as Error });
      }
    }),
  ]);
}
