import { type KeyboardEvent, useRef } from "react";

import type { Filter } from "./filter";
import { ago, nameOf } from "./format";
import { useMessaging } from "./messaging-provider";
import { reasonOf } from "./reason";
import type { Message } from "./store";
import { useMessages } from "./use-messages";

interface Props {
  readonly filter?: Filter;
  readonly selected?: string | undefined;
  readonly onSelect?: (message: Message) => void;
  readonly className?: string;
}

/** The leads that a filter finds; the arrow keys walk through them. */
export function MessageList({ filter = {}, selected, onSelect, className }: Props) {
  const { words } = useMessaging();
  const { messages, status, error, hasMore, loadMore, reload } = useMessages(filter);
  const list = useRef<HTMLUListElement>(null);
  const walk = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1, j: 1, k: -1 }[event.key];
    const buttons = [...(list.current?.querySelectorAll<HTMLElement>("button") ?? [])];
    const at = buttons.indexOf(document.activeElement as HTMLElement);
    if (step && at >= 0) {
      event.preventDefault();
      buttons[at + step]?.focus();
    }
  };
  return (
    <div className={`cm-root cm-list ${className ?? ""}`}>
      {status === "loading" ? (
        <p role="status" className="cm-note">
          {words.loading}
        </p>
      ) : status === "failed" ? (
        <div role="alert" className="cm-note">
          <p>{error ? reasonOf(error, words) : words.failed}</p>
          <button type="button" className="cm-button" onClick={() => void reload()}>
            {words.again}
          </button>
        </div>
      ) : messages.length === 0 ? (
        <p className="cm-note">{words.none}</p>
      ) : (
        <ul ref={list} aria-label={words.leads} onKeyDown={walk}>
          {messages.map((message) => (
            <li key={message.id}>
              <Row message={message} isSelected={message.id === selected} onSelect={onSelect} />
            </li>
          ))}
        </ul>
      )}
      {status === "ready" && hasMore && (
        <button type="button" className="cm-button cm-more" onClick={() => void loadMore()}>
          {words.more}
        </button>
      )}
    </div>
  );
}

function Row({
  message,
  isSelected,
  onSelect,
}: {
  message: Message;
  isSelected: boolean;
  onSelect: Props["onSelect"];
}) {
  const { locale, words } = useMessaging();
  const isUnread = message.status === "unread";
  return (
    <button
      type="button"
      className={`cm-row ${isUnread ? "cm-unread" : ""}`}
      aria-current={isSelected ? "true" : undefined}
      onClick={() => onSelect?.(message)}
    >
      <span className="cm-name" dir="auto">
        {isUnread && <span className="cm-hidden">{words.unread}: </span>}
        {nameOf(message)}
      </span>
      <time dateTime={message.createdAt} suppressHydrationWarning>
        {ago(message.createdAt, locale)}
      </time>
      <span className="cm-wants" dir="auto">
        {[message.subject, message.message].filter(Boolean).join(" · ") || message.contactPhone}
      </span>
      {(message.priority === "urgent" || message.priority === "high") && (
        <span className={`cm-tag cm-${message.priority}`}>{words[message.priority]}</span>
      )}
    </button>
  );
}
