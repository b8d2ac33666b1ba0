import { useId } from "react";

import type { Filter } from "./filter";
import { useMessaging } from "./messaging-provider";

const STATUSES = ["unread", "read", "acknowledged", "responded", "archived"] as const;
const PRIORITIES = ["urgent", "high", "medium", "low"] as const;

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
      <input
        type="search"
        className="cm-input"
        aria-label={words.search}
        placeholder={words.search}
        maxLength={200}
        value={filter.q ?? ""}
        onChange={(event) => change({ q: event.target.value || undefined })}
      />
      <label htmlFor={`${id}-status`}>{words.status}</label>
      <select
        id={`${id}-status`}
        className="cm-input"
        value={filter.status?.length === 1 ? filter.status[0] : ""}
        onChange={(event) =>
          change({ status: event.target.value ? [event.target.value as (typeof STATUSES)[number]] : undefined })
        }
      >
        <option value="">{words.any}</option>
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
