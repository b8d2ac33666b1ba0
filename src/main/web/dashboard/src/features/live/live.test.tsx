import { act, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import { connectionBegins, useConnection } from "@/features/live/connection";
import { silenceAll, useRinging } from "@/features/live/ringing";
import type { Delivery, Lead, LeadInFull } from "@/leads/lead";
import { leadKeys } from "@/leads/queries";
import { useNotices } from "@/lib/notify";
import { appAnswers } from "../../../test/app";
import { expectAccessible } from "../../../test/axe";
import { aLead, aLeadInFull } from "../../../test/lead";
import { playService } from "../../../test/service";
import { showAt } from "../../../test/show";
import { aStream } from "../../../test/stream";

const at = "2026-11-22T03:04:05.123Z";
const ada = aLead({ id: "0199b2c4-0000-7000-8000-000000000001", subject: "Solar panels" });
const told = (message: Lead, type = "message.created") => ({ type, at, data: {}, message });

async function open(address = "/inbox?view=all", answers: Record<string, unknown> = {}) {
  const stream = aStream();
  const service = playService({ ...appAnswers(), "GET /api/stream": stream.answer, ...answers });
  const page = showAt(address);
  await waitFor(() => expect(useConnection.getState().state).toBe("open"));
  return { ...page, ...service, stream };
}

beforeEach(() => {
  useNotices.setState({ notices: [] });
  connectionBegins();
  vi.stubGlobal("scrollTo", () => undefined);
  document.head.innerHTML = '<link rel="icon" href="/app/icon.svg">';
});
afterEach(() => {
  silenceAll();
  vi.useRealTimers();
});

const toast = () => screen.findByText("New lead: Ada Lovelace", { selector: "li *" });

describe("a new lead", () => {
  it("appears in the list with a toast, once, however often it is told", async () => {
    const { stream } = await open();
    await stream.tell("message.created", told(ada));
    await stream.tell("message.created", told(ada));

    const list = await screen.findByRole("list", { name: "All" });
    expect(list).toBeInTheDocument();
    const notice = (await toast()).closest("li")!;
    expect(within(notice).getByText("Solar panels")).toBeInTheDocument();
    expect(screen.getAllByText("New lead: Ada Lovelace", { selector: "li *" })).toHaveLength(1);
    await expectAccessible();
  });

  it("is said to those who do not see it", async () => {
    const { stream } = await open();
    await stream.tell("message.created", told(ada));
    // It stands there for a second only: a search by role can take longer on a busy machine.
    await waitFor(() =>
      expect([...document.querySelectorAll("[role=status]")].map((each) => each.textContent)).toContainEqual(
        expect.stringContaining("New lead: Ada Lovelace"),
      ),
    );
  });

  it("is opened from the toast", async () => {
    const { stream, router } = await open("/analytics", { [`GET /api/messages/${ada.id}`]: aLeadInFull({ ...ada }) });
    await stream.tell("message.created", told(ada));
    await userEvent.click(within((await toast()).closest("li")!).getByRole("button", { name: "Open" }));
    await waitFor(() => expect(router.state.location.pathname).toBe(`/inbox/${ada.id}`));
  });

  it("is no news any more once it is opened here, from wherever", async () => {
    const { stream, router } = await open("/analytics", { [`GET /api/messages/${ada.id}`]: aLeadInFull({ ...ada }) });
    await stream.tell("message.created", told(ada));
    await toast();
    await act(() => router.navigate({ to: "/inbox/$leadId", params: { leadId: ada.id }, search: {} }));
    await waitFor(() => expect(useNotices.getState().notices).toEqual([]));
  });

  it("is acknowledged from the toast, wherever one is", async () => {
    const { stream, asked } = await open("/settings", {
      [`POST /api/messages/${ada.id}/acknowledge`]: aLeadInFull({ ...ada, status: "acknowledged", revision: 2 }),
    });
    await stream.tell("message.created", told(ada));
    await userEvent.click(within((await toast()).closest("li")!).getByRole("button", { name: "Acknowledge" }));
    await waitFor(() => expect(asked.map((each) => each.path)).toContain(`/api/messages/${ada.id}/acknowledge`));
    expect(await screen.findByText("Acknowledged: it is yours.", { selector: "li *" })).toBeInTheDocument();
  });

  it("is no news any more once somebody else has seen to it", async () => {
    const { stream } = await open();
    await stream.tell("message.created", told(ada));
    await toast();
    await stream.tell("message.updated", told({ ...ada, status: "acknowledged", revision: 2 }, "message.acknowledged"));
    await waitFor(() => expect(useNotices.getState().notices).toEqual([]));
    expect(useRinging.getState().ids.size).toBe(0);
  });

  it("is kept quiet about while it is held, and told once it is released", async () => {
    const { stream } = await open();
    await stream.tell("message.created", told({ ...ada, quarantinedAt: at, quarantineReason: "honeypot" } as Lead));
    expect(useNotices.getState().notices).toEqual([]);
    await stream.tell("message.updated", told({ ...ada, updatedAt: "2026-11-23T00:00:00.000Z" }, "message.released"));
    expect(await toast()).toBeInTheDocument();
  });

  it("is one of many when many come at once", async () => {
    const { stream } = await open();
    for (let number = 1; number <= 12; number++) {
      await stream.tell("message.created", told({ ...ada, id: `0199b2c4-0000-7000-8000-0000000001${number + 10}` }));
    }
    expect(useNotices.getState().notices.map((each) => each.title)).toEqual(["12 new leads"]);
  });
});

describe("a lead that replies", () => {
  it("is told of once, and rings no bell", async () => {
    const { stream } = await open();
    const acknowledged = aLead({ ...ada, status: "acknowledged" });
    await stream.tell("message.updated", told(acknowledged, "message.reply_received"));
    await stream.tell("message.updated", told(acknowledged, "message.reply_received"));

    const said = await screen.findAllByText("Reply from Ada Lovelace", { selector: "li *" });
    expect(said).toHaveLength(1);
    expect(useRinging.getState().ids.size).toBe(0);
  });
});

describe("somebody who does not want to be told", () => {
  const screenOf = (badge: boolean, toast: boolean) => ({
    "GET /api/notification-preferences": {
      email: { newMessages: true, dailySummary: true, weeklySummary: true, emptySummary: false },
      sms: { urgentOnly: false },
      screen: { badge, toast, sound: "silent" },
    },
  });

  it("sees no toast, but the lead, and hears of it who does not see", async () => {
    const { stream, asked } = await open("/inbox?view=all", screenOf(true, false));
    await waitFor(() => expect(asked.map((each) => each.path)).toContain("/api/notification-preferences"));
    await waitFor(() => expect(screen.queryByRole("button", { name: "Mute new leads" })).not.toBeInTheDocument());
    await stream.tell("message.created", told(ada));
    expect(useNotices.getState().notices).toEqual([]);
    expect(screen.getByText("New lead: Ada Lovelace")).toHaveAttribute("role", "status");
  });

  it("sees no count in the tab", async () => {
    const { stream } = await open("/inbox", { ...appAnswers([], 3), ...screenOf(false, true) });
    await waitFor(() => expect(document.title).toBe("Inbox"));
    await stream.tell("counts", { unread: 7, waiting: 8, quarantined: 0 });
    expect(document.title).toBe("Inbox");
  });
});

describe("the tab", () => {
  it.each([
    [0, "Inbox"],
    [3, "(3) Inbox"],
    [120, "(99+) Inbox"],
  ])("says that %i are unread", async (unread, title) => {
    await open("/inbox", appAnswers([], unread));
    await waitFor(() => expect(document.title).toBe(title));
    const icon = document.querySelector<HTMLLinkElement>('link[rel="icon"]')!;
    if (unread === 0) {
      expect(icon.getAttribute("href")).toBe("/app/icon.svg");
    } else {
      expect(decodeURIComponent(icon.href)).toMatch(
        new RegExp(`^data:image/svg\\+xml,<svg .*>${unread > 99 ? "99\\+" : unread}</text></svg>$`),
      );
    }
  });

  it("follows the counts as they are told, on each page", async () => {
    const { stream } = await open("/settings");
    await stream.tell("counts", { unread: 7, waiting: 8, quarantined: 0 });
    await waitFor(() => expect(document.title).toBe("(7) Settings"));
  });

  it.each([
    ["/settings/webhooks", "Webhooks · Settings"],
    [`/inbox/${ada.id}`, "Ada Lovelace · Inbox"],
  ])("has a name of its own: %s", async (address, title) => {
    await open(address, { [`GET /api/messages/${ada.id}`]: aLeadInFull({ ...ada, status: "read" }) });
    await waitFor(() => expect(document.title).toBe(title));
  });

  it("says so on the icon of an installed app", async () => {
    const [setAppBadge, clearAppBadge] = [vi.fn(async () => undefined), vi.fn(async () => undefined)];
    Object.assign(navigator, { setAppBadge, clearAppBadge });
    const { stream } = await open();
    await stream.tell("counts", { unread: 7, waiting: 8, quarantined: 0 });
    await waitFor(() => expect(setAppBadge).toHaveBeenCalledWith(7));
    expect(clearAppBadge).toHaveBeenCalled();
    Reflect.deleteProperty(navigator, "setAppBadge");
    Reflect.deleteProperty(navigator, "clearAppBadge");
  });
});

describe("what is cached", () => {
  it("is loaded again once the stream is open: something may have come in between", async () => {
    const { asked } = await open();
    await waitFor(() => expect(asked.filter((each) => each.path === "/api/messages")).toHaveLength(2));
  });

  it("has each delivery as it stands", async () => {
    const delivery = { id: "d", channel: "email", state: "sending", updatedAt: at } as Delivery;
    const { stream, client } = await open();
    client.setQueryData(leadKeys.detail(ada.id), aLeadInFull({ ...ada, deliveries: [delivery] }));
    await stream.tell("delivery.updated", {
      at,
      messageId: ada.id,
      delivery: { ...delivery, state: "delivered", updatedAt: "2026-11-22T03:04:09.000Z" },
    });
    expect(client.getQueryData<LeadInFull>(leadKeys.detail(ada.id))?.deliveries[0]?.state).toBe("delivered");
  });

  it("has the story of a lead loaded again when it goes on, not when the answer has brought it", async () => {
    const entry = { type: "message.noted", data: {}, at };
    const address = `GET /api/messages/${ada.id}`;
    const full = aLeadInFull({ ...ada, status: "read" });
    const { stream, asked, client } = await open("/inbox", { [address]: full });
    client.setQueryData(leadKeys.detail(ada.id), { ...full, timeline: [entry] });
    await stream.tell("message.updated", told({ ...ada, status: "read" }, "message.noted"));
    await new Promise((resolve) => setTimeout(resolve, 250));
    expect(client.getQueryState(leadKeys.detail(ada.id))?.isInvalidated).toBe(false);
    await stream.tell("message.updated", {
      ...told({ ...ada, status: "read" }, "message.noted"),
      at: "2026-11-22T03:05:00.000Z",
    });
    await waitFor(() => expect(client.getQueryState(leadKeys.detail(ada.id))?.isInvalidated).toBe(true));
    expect(asked.some((each) => each.path === `/api/messages/${ada.id}`)).toBe(false);
  });

  it.each(["reset", "messages.deleted"])("is loaded again after %s", async (event) => {
    const { stream, asked } = await open();
    await waitFor(() => expect(asked.filter((each) => each.path === "/api/messages")).toHaveLength(2));
    await stream.tell(event, { at, data: { count: 3 } });
    await waitFor(() => expect(asked.filter((each) => each.path === "/api/messages")).toHaveLength(3));
  });
});

describe("being cut off", () => {
  it("is said after three seconds, and mended without a word lost", async () => {
    const { stream } = await open("/inbox?view=all");
    vi.useFakeTimers({ shouldAdvanceTime: true });
    vi.spyOn(Math, "random").mockReturnValue(0.5);
    await stream.tell("message.created", told(ada));
    const refused = vi.mocked(fetch);
    const before = refused.getMockImplementation()!;
    refused.mockImplementation(async (input, init) => {
      if (String(input instanceof Request ? input.url : input).includes("/api/stream")) {
        throw new TypeError("failed to fetch");
      }
      return before(input, init);
    });
    await stream.cut();
    await act(() => vi.advanceTimersByTimeAsync(2_000));
    expect(screen.queryByText(/Reconnecting since/)).not.toBeInTheDocument();
    await act(() => vi.advanceTimersByTimeAsync(1_500));
    expect(screen.getAllByText(/Reconnecting since/)).not.toHaveLength(0);
    expect(screen.getAllByText("Reconnecting…").length).toBeGreaterThan(0);
    await expectAccessible();

    refused.mockImplementation(before);
    await act(() => vi.advanceTimersByTimeAsync(40_000));
    expect(useConnection.getState().state).toBe("open");
    expect(stream.asked.at(-1)?.searchParams.get("lastEventId")).toBe("1-1");
    expect(screen.getByText("Live again.")).toBeInTheDocument();
    expect(screen.queryByText(/Reconnecting since/)).not.toBeInTheDocument();
  });

  it("for being signed out asks to sign in again, and keeps the page", async () => {
    playService({ ...appAnswers([ada]), "GET /api/stream": new Response("{}", { status: 401 }) });
    const { router } = showAt("/inbox?view=all");
    expect(await screen.findByRole("link", { name: "Sign in again" })).toHaveAttribute("target", "_blank");
    expect(router.state.location.pathname).toBe("/inbox");
    await expectAccessible();
  });

  it("for want of a network is called offline", async () => {
    await open();
    vi.spyOn(navigator, "onLine", "get").mockReturnValue(false);
    act(() => void window.dispatchEvent(new Event("offline")));
    expect(screen.getAllByText("Offline").length).toBeGreaterThan(0);
    expect(Date.now() - useConnection.getState().since).toBeLessThan(1_000);
    vi.restoreAllMocks();
    act(() => void window.dispatchEvent(new Event("online")));
  });
});
