/** What stands in the trail's address: filters. Whatever is not understood is left out. */
export interface AuditSearch {
  readonly actor?: string;
  readonly action?: string;
  /** The first and the last day, such as 2026-11-22, on the reader's own calendar. */
  readonly from?: string;
  readonly to?: string;
}

const ACTION = /^[A-Za-z-]{1,60}$/;
const DAY = /^\d{4}-\d{2}-\d{2}$/;

export function auditSearch({ actor, action, from, to }: Record<string, unknown>): AuditSearch {
  return {
    ...(typeof actor === "string" && actor !== "" && { actor: actor.slice(0, 300) }),
    ...(typeof action === "string" && ACTION.test(action) && { action }),
    ...(isDay(from) && { from }),
    ...(isDay(to) && { to }),
  };
}

function isDay(value: unknown): value is string {
  return typeof value === "string" && DAY.test(value) && !Number.isNaN(Date.parse(value));
}

/** The same for the service: moments, the last day as a whole. */
export function parametersOf({ from, to, ...rest }: AuditSearch) {
  return {
    ...rest,
    ...(from && { from: startOf(from, 0) }),
    ...(to && { to: startOf(to, 1) }),
  };
}

function startOf(day: string, later: number): string {
  const [year = 0, month = 1, date = 1] = day.split("-").map(Number);
  return new Date(year, month - 1, date + later).toISOString();
}
