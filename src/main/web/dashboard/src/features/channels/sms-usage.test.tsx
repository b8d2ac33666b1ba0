import { screen, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";

import type { Channel } from "@/lib/channels";
import { expectAccessible } from "../../../test/axe";
import { playService } from "../../../test/service";
import { aSession } from "../../../test/session";
import { showAt } from "../../../test/show";

const SMS = {
  type: "sms",
  label: "SMS",
  isEnabled: true,
  isServed: true,
  recipient: "+61491570006",
  recipientFormat: {
    label: "Mobile number",
    kind: "mobile",
    pattern: null,
    example: "+61 491 570 006",
    isSecret: false,
  },
  confirmedAt: null,
  pendingRecipient: null,
  confirmation: null,
  providers: ["touchsms"],
  fallbacks: ["email"],
  subscriptions: null,
  updatedAt: null,
} satisfies Channel;
const EMAIL = { ...SMS, type: "email", label: "E-mail", fallbacks: [] };

const period = (parts: number, budget: number | null, reserve = 0, endsAt = "2026-12-01T00:00:00.000Z") => ({
  beginsAt: "2026-11-01T00:00:00.000Z",
  endsAt,
  messages: parts,
  parts,
  cost: parts * 0.09,
  refused: 0,
  budget,
  reserve: budget === null ? null : reserve,
  remaining: budget === null ? null : Math.max(0, budget - parts),
});

async function open(month: ReturnType<typeof period>, day = period(0, 200), channel: Channel = SMS) {
  playService({
    "GET /api/session": aSession("owner"),
    "GET /api/channels": { channels: [EMAIL, channel] },
    "GET /api/usage": {
      sms: { currency: "AUD", pricePerPart: 0.09, countries: ["AU"], day, month, byCause: {} },
    },
  });
  showAt("/settings/channels");
  await screen.findByRole("region", { name: "SMS" });
}

describe("the usage of SMS", () => {
  it("says parts, budget, costs, and when it begins anew", async () => {
    await open(period(412, 1_000));
    expect(await screen.findByText("412 of 1,000 parts, about 37.08 AUD; resets Dec 1.")).toBeVisible();
    const meter = screen.getByRole("meter", { name: "SMS this month" });
    expect(meter).toHaveAttribute("aria-valuenow", "412");
    expect(meter).toHaveAttribute("aria-valuemax", "1000");
    expect(within(screen.getByRole("main")).queryByText(/budget is used/)).not.toBeInTheDocument();
    await expectAccessible(screen.getByRole("main"));
  });

  it.each([
    ["80 % of it are used", period(800, 1_000), period(0, 200), /Most of the budget is used/],
    ["it is spent", period(1_000, 1_000), period(0, 200), "Spent: E-mail takes over. SMS are sent again on Dec 1."],
    ["only the reserve is left", period(950, 1_000, 100), period(0, 200), /last 50 parts are kept for urgent leads/],
    [
      "today's is spent",
      period(300, 1_000),
      period(200, 200),
      "Spent: E-mail takes over. SMS are sent again tomorrow.",
    ],
  ])("warns where %s", async (_, month, day, text) => {
    await open(month, day);
    expect(await screen.findByText(text)).toBeVisible();
    await expectAccessible(screen.getByRole("main"));
  });

  it("says where nothing takes over", async () => {
    await open(period(1_000, 1_000), period(0, 200), { ...SMS, fallbacks: [] });
    expect(await screen.findByText(/no other channel takes over: set a fallback/)).toBeVisible();
  });

  it("has no bar without a budget", async () => {
    await open(period(3, null), period(0, null));
    expect(await screen.findByText("3 parts, about 0.27 AUD; resets Dec 1.")).toBeVisible();
    expect(screen.queryByRole("meter")).not.toBeInTheDocument();
  });

  it("is not shown where there is neither a budget nor an SMS", async () => {
    await open(period(0, null), period(0, null));
    expect(screen.queryByRole("heading", { name: "SMS this month" })).not.toBeInTheDocument();
  });
});
