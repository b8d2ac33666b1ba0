import { describe, expect, it } from "vitest";

import { endOf, SCOPES, stateOf } from "@/features/api-keys/api-key";
import { texts } from "@/features/api-keys/texts";

const NOW = new Date("2026-11-22T03:04:05.000Z");

describe("endOf", () => {
  it("is nothing for a key that is only revoked", () => {
    expect(endOf("never", "")).toBeUndefined();
  });

  it("is so many days from now", () => {
    expect(Date.parse(endOf("30", "", NOW)!) - NOW.getTime()).toBeCloseTo(30 * 86_400_000, -7.5);
  });

  it("is the end of the day that was named, on the clock of whoever named it", () => {
    expect(new Date(endOf("day", "2026-12-31")!).getDate()).toBe(31);
    expect(new Date(endOf("day", "2026-12-31")!).getHours()).toBe(23);
  });

  it("leaves it to the service to refuse what is no day", () => {
    expect(endOf("day", "")).toBe("");
  });
});

describe("stateOf", () => {
  it("tells a live key from one that has run out and one that was revoked", () => {
    const key = { revokedAt: null, expiresAt: "2026-11-22T03:04:05.000Z" };
    expect(stateOf({ revokedAt: null, expiresAt: null }, NOW.getTime())).toBe("live");
    expect(stateOf(key, NOW.getTime() - 1)).toBe("live");
    expect(stateOf(key, NOW.getTime())).toBe("ended");
    expect(stateOf({ ...key, revokedAt: "2026-11-21T00:00:00Z" }, NOW.getTime())).toBe("revoked");
  });
});

describe("SCOPES", () => {
  it("name each scope once", () => {
    const all = Object.values(SCOPES).flat();
    expect(all.toSorted()).toEqual(Object.keys(texts.explanations).toSorted());
  });
});
