import type { components } from "../../client/src/index";

type Message = components["schemas"]["Message"];

/** Which leads are meant, with the names that the API has for it. */
export type Filter = Omit<components["schemas"]["MessageFilter"], "overdue">;

/** The same filter has the same key, in whatever order its parts were given. */
export function keyOf(filter: Filter): string {
  return JSON.stringify(
    Object.entries(filter)
      .filter(([, value]) => value !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );
}

/** Whether a lead belongs to what the filter finds; undefined where only the service knows, as with search words. */
export function matches(filter: Filter, message: Message, me: string | undefined): boolean | undefined {
  const isIn = <T>(wanted: readonly T[] | undefined, value: T) => wanted === undefined || wanted.includes(value);
  const { assignee } = filter;
  const certain =
    (message.quarantinedAt !== null) === (filter.quarantined ?? false) &&
    isIn(filter.status, message.status) &&
    isIn(filter.priority, message.priority) &&
    (filter.type === undefined || filter.type === message.type) &&
    (filter.funnel === undefined || filter.funnel === message.funnelId) &&
    (filter.from === undefined || message.createdAt >= filter.from) &&
    (filter.to === undefined || message.createdAt < filter.to) &&
    (filter.tag === undefined || filter.tag.every((each) => message.tags.includes(each))) &&
    (assignee === undefined ||
      (assignee === "nobody"
        ? message.assignedTo === null
        : assignee === "me"
          ? me === undefined || message.assignedTo === me
          : message.assignedTo === assignee));
  const isUnknown = filter.q !== undefined || filter.delivery !== undefined || (assignee === "me" && me === undefined);
  return certain && isUnknown ? undefined : certain;
}
