import { screen, waitFor } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { expect, describe, it } from "vitest";

import type { Address } from "@/leads/addresses";
import type { Preferences } from "@/leads/preferences";
import { expectAccessible } from "../../../test/axe";
import { PERSONAL } from "../../../test/preferences";
import { playService, problem } from "../../../test/service";
import { aSession } from "../../../test/session";
import { showAt } from "../../../test/show";

const PATH = "/api/notification-preferences";
const NOW: Preferences = {
  email: { newMessages: true, dailySummary: true, weeklySummary: false, emptySummary: false },
  sms: { urgentOnly: false },
  screen: { badge: true, toast: true, sound: "once" },
  personal: PERSONAL,
};
const NUMBER = "/api/notification-addresses/sms";
const MAIL: Address = {
  type: "email",
  recipient: "kim@demo.example",
  isOwn: false,
  confirmedAt: null,
  pendingRecipient: null,
  pendingUntil: null,
};
const NO_NUMBER: Address = { ...MAIL, type: "sms", recipient: null };
const PENDING: Address = { ...NO_NUMBER, pendingRecipient: "+61491570006", pendingUntil: "2026-11-22T03:14:05Z" };
const CONFIRMED: Address = {
  ...NO_NUMBER,
  recipient: "+61491570006",
  isOwn: true,
  confirmedAt: "2026-11-22T03:14:05Z",
};
const PHONE = { id: "phone", label: "Chrome on Android", createdAt: "2026-11-22T03:04:05Z", lastAcceptedAt: null };
const served = (...types: string[]) => ({ channels: types.map((type) => ({ type, label: type, isServed: true })) });

function open(answers: Record<string, unknown> = {}) {
  const service = playService({
    "GET /api/session": aSession("owner"),
    "GET /api/push-devices": { publicKey: "public", devices: [] },
    [`GET ${PATH}`]: NOW,
    "GET /api/channels": served("email", "sms", "webhook"),
    "GET /api/notification-addresses": { items: [MAIL, NO_NUMBER] },
    ...answers,
  });
  showAt("/settings/notifications");
  return service;
}

const changes = (service: ReturnType<typeof open>) =>
  service.asked.filter(({ method, path }) => method === "PATCH" && path === PATH).map(({ body }) => body);

describe("notifications", () => {
  it("say what reaches whom, and announce nothing that is not there", async () => {
    open();
    expect(await screen.findByRole("switch", { name: "Each new lead" })).toBeChecked();
    expect(screen.getByRole("switch", { name: "Summary of the week" })).not.toBeChecked();
    expect(screen.getByRole("switch", { name: "Also when all is quiet" })).not.toBeChecked();
    expect(screen.getByRole("combobox", { name: "Sound" })).toHaveDisplayValue("Once for each new lead");
    expect(screen.queryByText(/Quiet hours/)).not.toBeInTheDocument();
    await expectAccessible(screen.getByRole("main"));
  });

  it("change what was switched, nothing else, and show what the service says then", async () => {
    const service = open({ [`PATCH ${PATH}`]: { ...NOW, email: { ...NOW.email, weeklySummary: true } } });
    await userEvent.click(await screen.findByRole("switch", { name: "Summary of the week" }));
    await waitFor(() => expect(screen.getByRole("switch", { name: "Summary of the week" })).toBeChecked());
    expect(changes(service)).toEqual([{ email: { weeklySummary: true } }]);
  });

  it("let everybody choose for their own screen, and owners for the business", async () => {
    const service = open({
      "GET /api/session": aSession("viewer"),
      [`PATCH ${PATH}`]: { ...NOW, screen: { ...NOW.screen, sound: "until-read" } },
    });
    const sound = await screen.findByRole("combobox", { name: "Sound" });
    expect(screen.getByRole("switch", { name: "Each new lead" })).toBeDisabled();
    expect(screen.getByRole("switch", { name: "Urgent leads only" })).toBeDisabled();
    await userEvent.selectOptions(sound, "Again and again until somebody has read it");
    await waitFor(() => expect(sound).toHaveValue("until-read"));
    expect(changes(service)).toEqual([{ screen: { sound: "until-read" } }]);
  });

  it("stay as they are and say why where the service refuses", async () => {
    open({ [`PATCH ${PATH}`]: () => problem(403, "forbidden", "Only owners may do that.") });
    const lead = await screen.findByRole("switch", { name: "Each new lead" });
    await userEvent.click(lead);
    expect(await screen.findByText("Only owners may do that.")).toBeVisible();
    expect(lead).toBeChecked();
  });

  it("say while they are loaded that they are", async () => {
    open({ [`GET ${PATH}`]: () => new Promise(() => undefined) });
    expect(await screen.findByText("Loading…")).toBeInTheDocument();
    await expectAccessible(screen.getByRole("main"));
  });

  it("say why they cannot be shown", async () => {
    open({ [`GET ${PATH}`]: () => problem(503, "unavailable", "Not now.") });
    expect(await screen.findByText("Not now.")).toBeVisible();
    expect(screen.getByRole("button", { name: "Try again" })).toBeVisible();
  });
});

describe("one's own notifications", () => {
  it("are a switch per event and channel that is served; SMS only with a number", async () => {
    open();
    expect(await screen.findByRole("switch", { name: "A lead is assigned to me: E-mail" })).toBeChecked();
    expect(screen.getByRole("switch", { name: "A new lead: E-mail" })).not.toBeChecked();
    expect(screen.getByRole("switch", { name: "A new lead: SMS" })).toBeDisabled();
    expect(screen.getByRole("switch", { name: "A new lead: Push" })).toBeDisabled();
    expect(screen.queryByRole("switch", { name: "SMS for urgent leads only" })).not.toBeInTheDocument();
    await expectAccessible(screen.getByRole("main"));
  });

  it("change by one switch, which says nothing of the others", async () => {
    const service = open({
      "GET /api/session": aSession("viewer"),
      "GET /api/channels": served("email", "sms"),
      "GET /api/push-devices": { publicKey: "public", devices: [PHONE] },
      "GET /api/notification-addresses": { items: [MAIL, CONFIRMED] },
    });
    await userEvent.click(await screen.findByRole("switch", { name: "A new lead: SMS" }));
    await userEvent.click(screen.getByRole("switch", { name: "A new lead: Push" }));
    await userEvent.click(screen.getByRole("switch", { name: "SMS for urgent leads only" }));
    await waitFor(() =>
      expect(changes(service)).toEqual([
        { personal: { events: { new_lead: { sms: true } } } },
        { personal: { events: { new_lead: { push: false } } } },
        { personal: { smsUrgentOnly: true } },
      ]),
    );
  });

  it("go to a number once its code is entered", async () => {
    const service = open({
      [`PUT ${NUMBER}`]: { items: [MAIL, PENDING] },
      [`POST ${NUMBER}/confirm`]: { items: [MAIL, CONFIRMED] },
    });
    await userEvent.click(await screen.findByRole("button", { name: "Add a number" }));
    await userEvent.type(screen.getByRole("textbox", { name: "New number" }), "0491 570 006{Enter}");
    const code = await screen.findByRole("textbox", { name: "Code that was sent to +61491570006" });
    expect(code).toHaveAttribute("autocomplete", "one-time-code");
    await expectAccessible(screen.getByRole("main"));
    await userEvent.type(code, "042917{Enter}");
    expect(await screen.findByRole("switch", { name: "A new lead: SMS" })).toBeEnabled();
    const sent = service.asked.filter(({ path }) => path.startsWith(NUMBER)).map(({ body }) => body);
    expect(sent).toEqual([{ recipient: "0491 570 006" }, { code: "042917" }]);
  });

  it("say what is wrong with a number and with a code", async () => {
    open({
      "GET /api/notification-addresses": { items: [MAIL, PENDING] },
      [`POST ${NUMBER}/confirm`]: () =>
        problem(400, "invalid-body", "Fix it.", {
          errors: [{ field: "code", detail: "This is not the code. One try is left." }],
        }),
      [`PUT ${NUMBER}`]: () => problem(429, "code-sent", "Wait a minute."),
    });
    await userEvent.type(await screen.findByRole("textbox", { name: /^Code that was sent/ }), "111111{Enter}");
    expect(await screen.findByText("This is not the code. One try is left.")).toBeVisible();
    await userEvent.click(screen.getByRole("button", { name: "Send another code" }));
    expect(await screen.findByText("Wait a minute.")).toBeVisible();
  });
});
