import { describe, expect, it } from "vitest";

import { matches, VIEW_FILTERS } from "@/leads/filter";
import { aLead } from "../../test/lead";

const NOW = Date.parse("2026-11-22T05:00:00Z");

describe("matches", () => {
  it("puts a new lead among those that wait, that are unread, that are overdue and into all", () => {
    const found = Object.entries(VIEW_FILTERS).filter(([, filter]) => matches(filter, aLead(), "me", NOW));
    expect(found.map(([name]) => name)).toEqual(["waiting", "unread", "overdue", "all"]);
  });

  it("shows what is held in quarantine only", () => {
    const held = aLead({ quarantinedAt: "2026-11-22T03:04:05Z", quarantineReason: "honeypot" });
    const found = Object.entries(VIEW_FILTERS).filter(([, filter]) => matches(filter, held, "me", NOW));
    expect(found.map(([name]) => name)).toEqual(["quarantine"]);
  });

  it("knows whose a lead is", () => {
    const mine = aLead({ assignedTo: "kim" });
    expect(matches({ assignee: "me" }, mine, "kim")).toBe(true);
    expect(matches({ assignee: "me" }, mine, "sam")).toBe(false);
    expect(matches({ assignee: "nobody" }, mine, "kim")).toBe(false);
    expect(matches({ assignee: "kim" }, mine, "sam")).toBe(true);
  });

  it("leaves to the service what only the service can say, unless something else speaks against it", () => {
    expect(matches({ q: "ada" }, aLead(), "me")).toBeUndefined();
    expect(matches({ q: "ada", status: ["archived"] }, aLead(), "me")).toBe(false);
  });
});
