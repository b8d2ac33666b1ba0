import { screen, waitFor, within } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { describe, expect, it } from "vitest";

import type { Channel } from "@/lib/channels";
import { expectAccessible } from "../../../test/axe";
import { playService, problem } from "../../../test/service";
import { aSession } from "../../../test/session";
import { showAt } from "../../../test/show";

const CHANNEL = {
  type: "email",
  label: "E-mail",
  isEnabled: true,
  isServed: true,
  recipient: "owner@example.com",
  recipientFormat: { label: "Address", kind: "email", pattern: null, example: "kim@example.com", isSecret: false },
  confirmedAt: null,
  pendingRecipient: null,
  confirmation: null,
  providers: ["smtp"],
  fallbacks: [],
  subscriptions: null,
  updatedAt: null,
} satisfies Channel;

const ago = (seconds: number) => new Date(Date.now() - 1_000 * seconds).toISOString();

function pending(secondsAgo: number, more: Partial<NonNullable<Channel["confirmation"]>> = {}): Channel {
  return {
    ...CHANNEL,
    pendingRecipient: "ada@example.com",
    confirmation: { sentAt: ago(secondsAgo), expiresAt: ago(secondsAgo - 600), triesLeft: 5, problem: null, ...more },
  };
}

function open(first: Channel, answers: Record<string, unknown> = {}) {
  let channel = first;
  const service = playService({
    "GET /api/session": aSession("owner"),
    "GET /api/channels": () => ({ channels: [channel] }),
    ...answers,
  });
  showAt("/settings/channels");
  return { service, become: (next: Channel) => (channel = next) };
}

const card = async () => within(await screen.findByRole("region", { name: "E-mail" }));
const codeField = async () => (await card()).findByRole("textbox", { name: "Code of six digits" });

describe("a new recipient", () => {
  it("is asked for its code once it is saved, and gets leads once that is right", async () => {
    const { service, become } = open(CHANNEL, {
      "PATCH /api/channels/email": () => become(pending(0)),
      "POST /api/channels/email/confirm": () => become({ ...CHANNEL, recipient: "ada@example.com" }),
    });
    const address = (await card()).getByRole("textbox", { name: "Address" });
    await userEvent.clear(address);
    await userEvent.type(address, "ada@example.com");
    await userEvent.click((await card()).getByRole("button", { name: "Save" }));

    expect(await screen.findByText("A code is on its way.")).toBeVisible();
    const code = await codeField();
    expect(code).toHaveAttribute("autocomplete", "one-time-code");
    expect(code).toHaveAttribute("inputmode", "numeric");
    expect((await card()).getByText(/sent to ada@example.com.* Until then they go to owner@example.com/)).toBeVisible();
    expect((await card()).getByRole("button", { name: "Confirm" })).toBeDisabled();
    await expectAccessible(screen.getByRole("main"));

    await userEvent.type(code, "042 917");
    await userEvent.click((await card()).getByRole("button", { name: "Confirm" }));
    expect(await screen.findByText("Confirmed. Leads go there from now on.")).toBeVisible();
    expect(service.asked.find(({ path }) => path.endsWith("/confirm"))?.body).toEqual({ code: "042 917" });
    expect(code).not.toBeInTheDocument();
  });

  it("without one before says that leads are held", async () => {
    open({ ...pending(0), recipient: null });
    expect((await card()).getByText(/held in the inbox/)).toBeVisible();
  });

  it("says beside the code that it is wrong", async () => {
    open(pending(0), {
      "POST /api/channels/email/confirm": () =>
        problem(400, "invalid-body", "Fix it.", {
          errors: [{ field: "code", detail: "This is not the code. 4 tries are left." }],
        }),
    });
    await userEvent.type(await codeField(), "111111");
    await userEvent.click((await card()).getByRole("button", { name: "Confirm" }));
    expect(await (await card()).findByText("This is not the code. 4 tries are left.")).toBeVisible();
    expect(await codeField()).toBeInvalid();
  });

  it("takes another code after a minute, to the same recipient", async () => {
    const { service } = open(pending(61), { "PATCH /api/channels/email": pending(0) });
    // The clock of the page ticks once a second.
    await userEvent.click(await (await card()).findByRole("button", { name: "Send another code" }, { timeout: 5_000 }));
    await waitFor(() =>
      expect(service.asked.find(({ method }) => method === "PATCH")?.body).toEqual({ recipient: "ada@example.com" }),
    );
  });

  it("waits with another code until the minute is over", async () => {
    open(pending(20));
    expect((await card()).getByRole("button", { name: /^Send another code in \d+ s$/ })).toBeDisabled();
  });

  it.each([
    ["has expired", pending(601)],
    ["was mistyped too often", pending(5, { triesLeft: 0 })],
  ])("says so where its code %s", async (_, channel) => {
    open(channel);
    expect((await card()).getByText(/This code is over/)).toBeVisible();
    await userEvent.type(await codeField(), "042917");
    expect((await card()).getByRole("button", { name: "Confirm" })).toBeDisabled();
  });

  it("says why its code did not arrive", async () => {
    open(pending(5, { problem: "The SMS budget of the day is used up: 200 parts." }));
    expect((await card()).getByText(/did not arrive. The SMS budget of the day/)).toBeVisible();
  });

  it("is no business of other members", async () => {
    open(pending(5), { "GET /api/session": aSession("agent") });
    expect((await card()).getByText(/ada@example.com waits until an owner/)).toBeVisible();
    expect((await card()).queryByRole("button", { name: "Confirm" })).not.toBeInTheDocument();
  });
});
