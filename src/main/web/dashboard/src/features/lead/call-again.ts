/** When to call a lead again, as people choose it. */
export type Again = "30" | "120" | "tomorrow" | "pick";

/** The same as a moment; undefined while none is picked. */
export function callAgainAt(again: Again, picked: string, now = new Date()): string | undefined {
  switch (again) {
    case "pick":
      return picked ? new Date(picked).toISOString() : undefined;
    case "tomorrow": {
      const at = new Date(now);
      at.setDate(at.getDate() + 1);
      at.setHours(9, 0, 0, 0);
      return at.toISOString();
    }
    default:
      return new Date(now.getTime() + Number(again) * 60_000).toISOString();
  }
}
