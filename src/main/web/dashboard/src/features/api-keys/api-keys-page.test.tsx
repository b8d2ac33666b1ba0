import { screen, waitFor, within } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { describe, expect, it } from "vitest";

import type { ApiKey } from "@/features/api-keys/api-key";
import { expectAccessible } from "../../../test/axe";
import { playService, problem } from "../../../test/service";
import { aSession } from "../../../test/session";
import { showAt } from "../../../test/show";

const SECRET = "cbk_1f0c9d2e5b7a4c3d8e6f0a1b2c3d4e5f6a7b8c9d0e1f2a3b4c5d6e7f8a9b0c1d";
const CRM: ApiKey = {
  id: "6f0b2c9e-3d41-4a70-9b53-0c7e5a1d2f84",
  name: "The CRM",
  prefix: "cbk_1f0c9d2e",
  scopes: ["deliveries:read", "deliveries:write"],
  createdBy: "ada@example.com",
  createdAt: "2026-11-22T03:04:05.123Z",
  expiresAt: null,
  lastUsedAt: "2026-11-22T09:30:00.000Z",
  revokedAt: null,
  key: null,
};
const OLD: ApiKey = {
  ...CRM,
  id: "7f0b2c9e-3d41-4a70-9b53-0c7e5a1d2f84",
  name: "The old one",
  revokedAt: "2026-11-22T09:30:00.000Z",
};
const OVER: ApiKey = {
  ...CRM,
  id: "8f0b2c9e-3d41-4a70-9b53-0c7e5a1d2f84",
  name: "The move",
  expiresAt: "2026-01-01T00:00:00Z",
  lastUsedAt: null,
};

function open(answers: Record<string, unknown> = {}) {
  const service = playService({
    "GET /api/session": aSession("owner"),
    "GET /api/api-keys": { keys: [CRM, OLD, OVER] },
    ...answers,
  });
  showAt("/settings/api-keys");
  return service;
}

const asked = (service: ReturnType<typeof open>, method: string) =>
  service.asked.filter((each) => each.method === method && each.path.startsWith("/api/api-keys"));

async function openForm() {
  await userEvent.click(await screen.findByRole("button", { name: "Make a key" }));
  return within(await screen.findByRole("dialog", { name: "Make a key" }));
}

describe("API keys", () => {
  it("show what they may do and when they were used, those that have ended apart", async () => {
    open();
    const live = within((await screen.findByRole("heading", { name: "In use" })).closest("section")!);
    const over = within(screen.getByRole("heading", { name: "Ended" }).closest("section")!);
    expect(live.getByText("The CRM")).toBeVisible();
    expect(live.getByText("deliveries:write")).toBeVisible();
    expect(live.getByText(/last used/)).toHaveTextContent("made");
    expect(live.queryByText("The old one")).not.toBeInTheDocument();
    expect(over.getByText("Revoked")).toBeVisible();
    expect(over.getByText("Expired")).toBeVisible();
    expect(over.queryByRole("button")).not.toBeInTheDocument();
    await expectAccessible(screen.getByRole("main"));
  });

  it("are shown to owners only, and not even asked for by others", async () => {
    const service = open({ "GET /api/session": aSession("agent") });
    expect(await screen.findByText("For owners")).toBeVisible();
    expect(asked(service, "GET")).toHaveLength(0);
    await expectAccessible(screen.getByRole("main"));
  });

  it("say while they are loaded that they are", async () => {
    open({ "GET /api/api-keys": () => new Promise(() => undefined) });
    expect(await screen.findByText("Loading…")).toBeInTheDocument();
    await expectAccessible(screen.getByRole("main"));
  });

  it("say what they are for while there is none", async () => {
    open({ "GET /api/api-keys": { keys: [] } });
    expect(await screen.findByText("No key yet")).toBeVisible();
    await expectAccessible(screen.getByRole("main"));
  });

  it("say why they cannot be shown", async () => {
    open({ "GET /api/api-keys": () => problem(503, "unavailable", "Not now.") });
    expect(await screen.findByText("Not now.")).toBeVisible();
    await expectAccessible(screen.getByRole("main"));
  });

  it("are revoked once that is confirmed, with when they were used last", async () => {
    const service = open({ [`DELETE /api/api-keys/${CRM.id}`]: new Response(null, { status: 204 }) });
    await userEvent.click(await screen.findByRole("button", { name: "Revoke The CRM" }));
    const dialog = within(await screen.findByRole("dialog", { name: "Revoke “The CRM”?" }));
    expect(dialog.getByText(/Last used/)).toBeVisible();
    expect(asked(service, "DELETE")).toHaveLength(0);
    await userEvent.click(dialog.getByRole("button", { name: "Revoke" }));
    expect(await screen.findByText("“The CRM” is revoked.")).toBeVisible();
    expect(asked(service, "GET").length).toBeGreaterThan(1);
  });
});

describe("a new key", () => {
  it("may do what was chosen, until the day that was named", async () => {
    const service = open({ "POST /api/api-keys": { ...CRM, key: SECRET } });
    const form = await openForm();
    await userEvent.type(form.getByLabelText("Name"), "The CRM");
    await userEvent.click(form.getByRole("checkbox", { name: /Retry and cancel deliveries/ }));
    await userEvent.click(form.getByRole("checkbox", { name: /See leads/ }));
    await userEvent.selectOptions(form.getByLabelText("Until"), "A day I choose");
    await userEvent.type(form.getByLabelText("Last day"), "2036-12-31");
    await expectAccessible();
    await userEvent.click(form.getByRole("button", { name: "Make the key" }));
    await screen.findByText(SECRET);
    expect(asked(service, "POST")[0]?.body).toEqual({
      name: "The CRM",
      scopes: ["messages:read", "deliveries:write"],
      expiresAt: new Date("2036-12-31T23:59:59").toISOString(),
    });
  });

  it("is shown until somebody says that they have it, and then no more", async () => {
    open({ "POST /api/api-keys": { ...CRM, key: SECRET } });
    const form = await openForm();
    await userEvent.click(form.getByRole("button", { name: "Make the key" }));
    const dialog = within(await screen.findByRole("dialog", { name: "Your new key" }));
    expect(dialog.getByText(/shown only once/)).toBeVisible();
    await userEvent.keyboard("{Escape}");
    expect(dialog.getByRole("alert")).toHaveTextContent("It cannot be shown again.");
    expect(dialog.getByText(SECRET)).toBeVisible();
    await expectAccessible();
    await userEvent.click(dialog.getByRole("button", { name: "I have stored it" }));
    await waitFor(() => expect(screen.queryByText(SECRET)).not.toBeInTheDocument());
    expect(document.body.innerHTML).not.toContain(SECRET);
  });

  it("is copied by a button", async () => {
    const user = userEvent.setup();
    open({ "POST /api/api-keys": { ...CRM, key: SECRET } });
    const form = await openForm();
    await user.click(form.getByRole("button", { name: "Make the key" }));
    await user.click(await screen.findByRole("button", { name: "Copy" }));
    expect(await navigator.clipboard.readText()).toBe(SECRET);
  });

  it("is not made while something is wrong, which is said at its field", async () => {
    open({
      "POST /api/api-keys": () =>
        problem(400, "invalid-body", "Mend it.", {
          errors: [
            { field: "name", detail: "Say what it is for." },
            { field: "scopes", detail: "Give at least one of messages:read, each once." },
          ],
        }),
    });
    const form = await openForm();
    await userEvent.click(form.getByRole("button", { name: "Make the key" }));
    expect(await form.findByText("Say what it is for.")).toBeVisible();
    expect(form.getByText("Choose at least one.")).toBeVisible();
    expect(form.getByLabelText("Name")).toBeInvalid();
    await expectAccessible();
  });

  it("is refused in words when there are too many", async () => {
    open({ "POST /api/api-keys": () => problem(409, "too-many-keys", "Revoke one that is no longer used.") });
    const form = await openForm();
    await userEvent.click(form.getByRole("button", { name: "Make the key" }));
    expect(await form.findByRole("alert")).toHaveTextContent("Revoke one that is no longer used.");
  });
});
