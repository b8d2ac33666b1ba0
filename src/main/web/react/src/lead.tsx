import { useEffect } from "react";

import { Conversation } from "./conversation";
import { Deliveries } from "./deliveries";
import { mailto } from "./mailto";
import { MessageHeader } from "./message-header";
import { useMessaging } from "./messaging-provider";
import { reasonOf } from "./reason";
import { useMessage } from "./use-message";
import { useMessageActions } from "./use-message-actions";

/** One lead in full: what it wants, what was sent because of it, and what was said since. */
export function Lead({ id, onBack }: { id: string; onBack: () => void }) {
  const { words } = useMessaging();
  const { message, error, reload } = useMessage(id);
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
        {reasonOf(error, words)}
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
        {message.subject && <h3 dir="auto">{message.subject}</h3>}
        {message.message && (
          <p dir="auto" className="cm-text">
            {message.message}
          </p>
        )}
        <p>
          <span dir={message.contactPhoneE164 ? "ltr" : "auto"}>{message.contactPhone}</span>{" "}
          {message.contactEmail && <a href={mailto(message.contactEmail)}>{message.contactEmail}</a>}
        </p>
        <Conversation message={message} onSent={reload} />
        <Deliveries deliveries={message.deliveries.filter(({ cause }) => cause === "lead")} />
      </div>
    </article>
  );
}
