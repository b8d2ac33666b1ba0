import { useEffect, useState } from "react";

import type { Filter } from "./filter";
import { MessageFilters } from "./message-filters";
import { MessageHeader } from "./message-header";
import { MessageList } from "./message-list";
import { useMessaging } from "./messaging-provider";
import { NotificationToasts } from "./notification-toasts";
import { useMessage } from "./use-message";
import { useMessageActions } from "./use-message-actions";
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
      <section className="cm-lead" aria-label={words.choose}>
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

function Lead({ id, onBack }: { id: string; onBack: () => void }) {
  const { words } = useMessaging();
  const { message, error } = useMessage(id);
  const { read } = useMessageActions();
  const isUnread = message?.status === "unread" && message.quarantinedAt === null;
  useEffect(() => {
    if (isUnread) {
      read(id).catch(() => undefined);
    }
  }, [isUnread, id, read]);
  if (error && !message) {
    return (
      <p role="alert" className="cm-note">
        {error.message}
      </p>
    );
  }
  if (!message) {
    return (
      <p role="status" className="cm-note">
        {words.loading}
      </p>
    );
  }
  return (
    <article>
      <MessageHeader message={message} onBack={onBack} />
      <div className="cm-body">
        {message.subject && <h3>{message.subject}</h3>}
        {message.message && <p className="cm-text">{message.message}</p>}
        <p>
          {message.contactPhone}{" "}
          {message.contactEmail && <a href={`mailto:${message.contactEmail}`}>{message.contactEmail}</a>}
        </p>
      </div>
    </article>
  );
}
