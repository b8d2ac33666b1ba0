import { screen, waitFor } from "@testing-library/react";
import { describe, expect, it } from "vitest";

import { delayedChannels } from "@/features/channels/delayed-channels";
import type { Channel, ProviderHealth } from "@/lib/channels";
import { appAnswers } from "../../../test/app";
import { expectAccessible } from "../../../test/axe";
import { playService, problem } from "../../../test/service";
import { showAt } from "../../../test/show";

const SMS = { type: "sms", label: "SMS", isEnabled: true } as Channel;
const FIRST = "2026-11-22T03:04:05.123Z";
const LATER = "2026-11-22T03:09:05.123Z";

function provider(name: string, downSince: string | null, channel = "sms"): ProviderHealth {
  return {
    channel,
    provider: name,
    state: downSince ? "down" : "up",
    downSince,
    successRate: downSince ? 0 : 1,
    averageMs: 200,
    slowestMs: 300,
    breaker: null,
  };
}

describe("a delayed channel", () => {
  it("is one whose only provider is down", () => {
    expect(delayedChannels([SMS], [provider("touchsms", FIRST)])).toEqual([
      { type: "sms", label: "SMS", providers: 1, since: FIRST },
    ]);
  });

  it("is delayed since the last of its providers went down", () => {
    const all = [provider("touchsms", LATER), provider("touchsms-standby", FIRST)];
    expect(delayedChannels([SMS], all)).toMatchObject([{ providers: 2, since: LATER }]);
  });

  it.each([
    ["another provider works", [SMS], [provider("touchsms", FIRST), provider("touchsms-standby", null)]],
    ["the business has the channel off", [{ ...SMS, isEnabled: false }], [provider("touchsms", FIRST)]],
    ["the provider of another channel is down", [SMS], [provider("touchsms", null), provider("smtp", FIRST, "email")]],
    ["nothing is known of its providers", [SMS], []],
  ])("is none where %s", (_, channels, providers) => {
    expect(delayedChannels(channels, providers)).toEqual([]);
  });
});

describe("the banner", () => {
  const open = (answers: Record<string, unknown>) => {
    const service = playService({ ...appAnswers(), "GET /api/channels": { channels: [SMS] }, ...answers });
    showAt("/inbox");
    return service;
  };
  const askedFor = (service: ReturnType<typeof open>, path: string) =>
    service.asked.filter((each) => each.path === path).length;

  it("says on every page which channel is delayed, and since when", async () => {
    const since = new Date();
    since.setHours(0, 5, 0, 0);
    open({ "GET /api/providers": { providers: [provider("touchsms", since.toISOString())] } });
    const text = await screen.findByText(
      /^SMS is delayed: the provider has not accepted messages since .*12:05\sAM\. The service keeps trying\.$/,
    );
    expect(text.closest("[role=status]")).toBeVisible();
    await expectAccessible();
  });

  it("is silent while all providers work, and asks for nothing more", async () => {
    const service = open({ "GET /api/providers": { providers: [provider("touchsms", null)] } });
    await waitFor(() => expect(askedFor(service, "/api/providers")).toBe(1));
    await screen.findByRole("main");
    expect(screen.queryByText(/is delayed/)).not.toBeInTheDocument();
    expect(askedFor(service, "/api/channels")).toBe(0);
  });

  it("is silent where nobody can say how providers do", async () => {
    const service = open({ "GET /api/providers": () => problem(503, "unavailable", "Not now.") });
    await waitFor(() => expect(askedFor(service, "/api/providers")).toBe(1));
    expect(screen.queryByText(/is delayed/)).not.toBeInTheDocument();
  });
});
