import { useEffect, useId } from "react";

import { nameOf } from "./format";
import { useMessaging, useMessagingState } from "./messaging-provider";
import { dropNotice, type Notice, showing, takeCorner } from "./store";

const SHOWN_MS = 10_000;

/** Notices of new leads and of what was refused, in the corner of the page: once, however many ask for them. */
export function NotificationToasts({
  onOpen,
  className,
}: {
  onOpen?: (messageId: string) => void;
  className?: string;
}) {
  const { store, words } = useMessaging();
  const id = useId();
  const opensLeads = onOpen !== undefined;
  useEffect(() => takeCorner(store, { id, opensLeads }), [store, id, opensLeads]);
  const isShowing = useMessagingState(({ corners }) => showing(corners)?.id === id);
  const notices = useMessagingState((state) => state.notices);
  if (!isShowing) {
    return null;
  }
  return (
    <section className={`cm-root cm-toasts ${className ?? ""}`} aria-label={words.notifications} aria-live="polite">
      {notices.map((notice) => (
        <Toast key={notice.id} notice={notice} {...(onOpen && { onOpen })} />
      ))}
    </section>
  );
}

function Toast({ notice, onOpen }: { notice: Notice; onOpen?: (messageId: string) => void }) {
  const { store, words } = useMessaging();
  const { id, message, text } = notice;
  useEffect(() => {
    const timer = setTimeout(() => dropNotice(store, id), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [store, id]);
  return (
    <div className="cm-toast">
      <p>
        <strong>{message ? `${words.newLead}: ${nameOf(message)}` : text}</strong>
        {message && <span> {message.subject ?? message.message ?? ""}</span>}
      </p>
      {message && onOpen && (
        <button
          type="button"
          className="cm-button"
          onClick={() => {
            dropNotice(store, id);
            onOpen(message.id);
          }}
        >
          {words.open}
        </button>
      )}
      <button
        type="button"
        className="cm-button cm-quiet"
        aria-label={words.dismiss}
        onClick={() => dropNotice(store, id)}
      >
        ×
      </button>
    </div>
  );
}
