import { describe, expect, it } from "vitest";

import { auditSearch, parametersOf } from "@/features/audit/search";

describe("auditSearch", () => {
  it("keeps what it understands, and leaves the rest out", () => {
    expect(
      auditSearch({ actor: "kim@example.com", action: "deleteNote", from: "2026-11-01", to: "soon", page: 3 }),
    ).toEqual({
      actor: "kim@example.com",
      action: "deleteNote",
      from: "2026-11-01",
    });
    expect(auditSearch({ action: "drop table;", from: "2026-99-99", actor: 7 })).toEqual({});
  });
});

describe("parametersOf", () => {
  it("asks for whole days on the reader's calendar, the last one included", () => {
    const { from, to } = parametersOf({ from: "2026-11-30", to: "2026-11-30" });
    expect(from).toBe(new Date(2026, 10, 30).toISOString());
    expect(to).toBe(new Date(2026, 11, 1).toISOString());
  });
});
