import { ago, nameOf } from "./format";
import { useMessaging } from "./messaging-provider";
import type { Message } from "./store";
import { useMessageActions } from "./use-message-actions";

/** Who it is, and the next thing to do: call, acknowledge, put away. */
export function MessageHeader({
  message,
  onBack,
  className,
}: {
  message: Message;
  onBack?: () => void;
  className?: string;
}) {
  const { locale, words } = useMessaging();
  const actions = useMessageActions();
  const isWaiting = (message.status === "unread" || message.status === "read") && message.quarantinedAt === null;
  // What was refused is told in a notice.
  const quietly = (action: Promise<unknown>) => void action.catch(() => undefined);
  return (
    <header className={`cm-root cm-header ${className ?? ""}`}>
      {onBack && (
        <button type="button" className="cm-button cm-quiet cm-back" onClick={onBack}>
          {words.back}
        </button>
      )}
      <div>
        <h2>{nameOf(message)}</h2>
        <p>
          {words[message.status]} · <time dateTime={message.createdAt}>{ago(message.createdAt, locale)}</time>
        </p>
      </div>
      <div className="cm-actions">
        {/* Digits out of a text such as "5550 1234 after 17:30" are nobody's number: the text stands below. */}
        {message.contactPhoneE164 && (
          <a className="cm-button cm-primary" href={`tel:${message.contactPhoneE164}`}>
            {words.call}
          </a>
        )}
        {isWaiting && (
          <button type="button" className="cm-button" onClick={() => quietly(actions.acknowledge(message.id))}>
            {words.acknowledge}
          </button>
        )}
        {message.status !== "archived" && message.quarantinedAt === null && (
          <button type="button" className="cm-button" onClick={() => quietly(actions.archive(message.id))}>
            {words.archive}
          </button>
        )}
      </div>
    </header>
  );
}
