import { useState } from "react";

import type { Filter } from "./filter";
import { Lead } from "./lead";
import { MessageFilters } from "./message-filters";
import { MessageList } from "./message-list";
import { useMessaging } from "./messaging-provider";
import { NotificationToasts } from "./notification-toasts";
import { type RealtimeOptions, useRealtimeMessages } from "./use-realtime-messages";

/** A whole inbox: filters, list and lead, live. For a page of its own; `NotificationBadge` goes where the way to it is. */
export function MessageDashboard({
  initialFilter = { status: ["unread", "read"] },
  realtime,
  className,
}: {
  initialFilter?: Filter;
  realtime?: RealtimeOptions;
  className?: string;
}) {
  const { words } = useMessaging();
  const [filter, setFilter] = useState(initialFilter);
  const [selected, setSelected] = useState<string>();
  const connection = useRealtimeMessages(realtime);
  return (
    <div className={`cm-root cm-dashboard ${selected ? "cm-has-lead" : ""} ${className ?? ""}`}>
      <section className="cm-side" aria-label={words.leads}>
        <MessageFilters filter={filter} onChange={setFilter} />
        {connection === "waiting" && (
          <p role="status" className="cm-note">
            {words.reconnecting}
          </p>
        )}
        {connection === "refused" && (
          <p role="alert" className="cm-note">
            {words.signedOut}
          </p>
        )}
        <MessageList filter={filter} selected={selected} onSelect={(message) => setSelected(message.id)} />
      </section>
      <section className="cm-lead" aria-label={words.lead}>
        {selected ? (
          <Lead id={selected} onBack={() => setSelected(undefined)} />
        ) : (
          <p className="cm-note">{words.choose}</p>
        )}
      </section>
      <NotificationToasts onOpen={setSelected} />
    </div>
  );
}
