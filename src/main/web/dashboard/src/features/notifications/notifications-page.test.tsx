import { screen, waitFor } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { expect, describe, it } from "vitest";

import type { Preferences } from "@/leads/preferences";
import { expectAccessible } from "../../../test/axe";
import { playService, problem } from "../../../test/service";
import { aSession } from "../../../test/session";
import { showAt } from "../../../test/show";

const PATH = "/api/notification-preferences";
const NOW: Preferences = {
  email: { newMessages: true, dailySummary: true, weeklySummary: false },
  sms: { urgentOnly: false },
  screen: { badge: true, toast: true, sound: "once" },
};

function open(answers: Record<string, unknown> = {}) {
  const service = playService({
    "GET /api/session": aSession("owner"),
    "GET /api/push-devices": { publicKey: "public", devices: [] },
    [`GET ${PATH}`]: NOW,
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
