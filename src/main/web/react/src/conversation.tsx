import { type FormEvent, useId, useState } from "react";

import type { components } from "../../client/src/index";
import { ago } from "./format";
import { useMessaging } from "./messaging-provider";
import { reasonOf } from "./reason";
import { useMessageActions } from "./use-message-actions";

type MessageInFull = components["schemas"]["MessageInFull"];

/** What was said to a lead and by it, and a place to answer by mail or SMS. */
export function Conversation({ message, onSent }: { message: MessageInFull; onSent: () => Promise<void> }) {
  const { locale, words } = useMessaging();
  const thread = message.thread ?? [];
  return (
    <section aria-label={words.conversation}>
      {thread.length > 0 && <h3>{words.conversation}</h3>}
      <ol className="cm-thread">
        {thread.map(({ id, direction, body, author, sender, createdAt, delivery }) => (
          <li key={id} className={direction === "out" ? "cm-out" : "cm-in"}>
            <p className="cm-text">{body}</p>
            <p className="cm-soft">
              {[author ?? sender, delivery && words.states[delivery.state]].filter(Boolean).join(" · ")}{" "}
              <time dateTime={createdAt}>{ago(createdAt, locale)}</time>
            </p>
          </li>
        ))}
      </ol>
      {message.quarantinedAt === null && <Answer message={message} onSent={onSent} key={message.id} />}
    </section>
  );
}

function Answer({ message, onSent }: { message: MessageInFull; onSent: () => Promise<void> }) {
  const { words } = useMessaging();
  const { reply } = useMessageActions();
  const channels = (["sms", "email"] as const).filter((each) =>
    each === "sms" ? message.contactPhone : message.contactEmail,
  );
  const [channel, setChannel] = useState(channels[0]);
  const [text, setText] = useState("");
  const [state, setState] = useState<"sending" | Error>();
  const id = useId();
  if (!channel) {
    return null;
  }
  const send = async (event: FormEvent) => {
    event.preventDefault();
    setState("sending");
    try {
      await reply(message.id, { channel, text });
      setText("");
      setState(undefined);
      await onSent();
    } catch (error) {
      setState(error as Error);
    }
  };
  return (
    <form className="cm-answer" onSubmit={(event) => void send(event)}>
      <label htmlFor={id}>{words.reply}</label>
      <textarea
        id={id}
        className="cm-input"
        rows={3}
        required
        maxLength={10_000}
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
      {state instanceof Error && (
        <p role="alert" className="cm-refused">
          {reasonOf(state, words)}
        </p>
      )}
      <div className="cm-actions">
        {channels.length > 1 && (
          <select
            className="cm-input"
            aria-label={words.replyBy}
            value={channel}
            onChange={(event) => setChannel(event.target.value as typeof channel)}
          >
            {channels.map((each) => (
              <option key={each} value={each}>
                {words.channels[each]}
              </option>
            ))}
          </select>
        )}
        <button type="submit" className="cm-button cm-primary" disabled={state === "sending"}>
          {words.send}
        </button>
      </div>
    </form>
  );
}
