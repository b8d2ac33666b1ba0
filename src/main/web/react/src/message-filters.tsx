import { useEffect, useId, useState } from "react";

import type { Filter } from "./filter";
import { useMessaging } from "./messaging-provider";

const STATUSES = ["unread", "read", "acknowledged", "responded", "archived"] as const;
const REST_MS = 250;
const WAITING = "waiting";
const PRIORITIES = ["urgent", "high", "medium", "low"] as const;

type Status = (typeof STATUSES)[number];

/** Who waits is unread or read. */
function statusesOf(shown: string): Status[] | undefined {
  return shown === "" ? undefined : shown === WAITING ? ["unread", "read"] : [shown as Status];
}

function shownStatus(statuses: readonly Status[] | undefined): string {
  return statuses?.length === 1 ? statuses[0]! : statuses ? WAITING : "";
}

/** Words, a status and a priority; give it what `useMessages` has, and take what it says. */
export function MessageFilters({
  filter,
  onChange,
  className,
}: {
  filter: Filter;
  onChange: (filter: Filter) => void;
  className?: string;
}) {
  const { words } = useMessaging();
  const id = useId();
  const change = (part: { [Name in keyof Filter]?: Filter[Name] | undefined }) =>
    onChange(
      Object.fromEntries(Object.entries({ ...filter, ...part }).filter(([, value]) => value !== undefined)) as Filter,
    );
  return (
    <form
      role="search"
      className={`cm-root cm-filters ${className ?? ""}`}
      onSubmit={(event) => event.preventDefault()}
    >
      <Search value={filter.q ?? ""} onChange={(q) => change({ q: q || undefined })} />
      <label htmlFor={`${id}-status`}>{words.status}</label>
      <select
        id={`${id}-status`}
        className="cm-input"
        value={shownStatus(filter.status)}
        onChange={(event) => change({ status: statusesOf(event.target.value) })}
      >
        <option value="">{words.any}</option>
        <option value={WAITING}>{words.waiting}</option>
        {STATUSES.map((each) => (
          <option key={each} value={each}>
            {words[each]}
          </option>
        ))}
      </select>
      <label htmlFor={`${id}-priority`}>{words.priority}</label>
      <select
        id={`${id}-priority`}
        className="cm-input"
        value={filter.priority?.length === 1 ? filter.priority[0] : ""}
        onChange={(event) =>
          change({ priority: event.target.value ? [event.target.value as (typeof PRIORITIES)[number]] : undefined })
        }
      >
        <option value="">{words.any}</option>
        {PRIORITIES.map((each) => (
          <option key={each} value={each}>
            {words[each]}
          </option>
        ))}
      </select>
    </form>
  );
}

/** Asks once somebody rests from typing. */
function Search({ value, onChange }: { value: string; onChange: (words: string) => void }) {
  const { words } = useMessaging();
  const [typed, setTyped] = useState(value);
  useEffect(() => setTyped(value), [value]);
  useEffect(() => {
    if (typed === value) {
      return undefined;
    }
    const timer = setTimeout(() => onChange(typed), REST_MS);
    return () => clearTimeout(timer);
  }, [typed, value, onChange]);
  return (
    <input
      type="search"
      className="cm-input"
      aria-label={words.search}
      placeholder={words.search}
      maxLength={200}
      value={typed}
      onChange={(event) => setTyped(event.target.value)}
    />
  );
}
