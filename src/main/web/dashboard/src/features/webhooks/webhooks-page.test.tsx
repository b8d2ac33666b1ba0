import { screen, waitFor, within } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { describe, expect, it } from "vitest";

import { expectAccessible } from "../../../test/axe";
import { playService, problem } from "../../../test/service";
import { aSession } from "../../../test/session";
import { showAt } from "../../../test/show";
import { aSubscription } from "../../../test/webhooks";

const CRM = aSubscription();
const SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

function open(answers: Record<string, unknown> = {}) {
  const service = playService({
    "GET /api/session": aSession("owner"),
    "GET /api/webhook-subscriptions": { subscriptions: [CRM] },
    [`GET /api/webhook-subscriptions/${CRM.id}`]: CRM,
    "GET /api/deliveries": { items: [], next: null },
    ...answers,
  });
  return { ...service, ...showAt("/settings/webhooks") };
}

const posts = ({ asked }: ReturnType<typeof open>) =>
  asked.filter(({ method, path }) => method === "POST" && path === "/api/webhook-subscriptions");

async function add(url: string) {
  await userEvent.click(await screen.findByRole("button", { name: "Add an endpoint" }));
  const dialog = within(await screen.findByRole("dialog", { name: "Add an endpoint" }));
  await userEvent.type(dialog.getByRole("textbox", { name: "Address" }), url);
  return dialog;
}

describe("webhooks", () => {
  it("say where they go, of what, and whether they are on", async () => {
    open();
    const link = await screen.findByRole("link", { name: /The CRM/ });
    expect(link).toHaveAttribute("href", `/settings/webhooks/${CRM.id}`);
    expect(link).toHaveTextContent("message.created");
    await expectAccessible(screen.getByRole("main"));
  });

  it("say what they are for while there is none", async () => {
    open({ "GET /api/webhook-subscriptions": { subscriptions: [] } });
    expect(await screen.findByText("No endpoint yet")).toBeVisible();
    await expectAccessible(screen.getByRole("main"));
  });

  it("say while they are loaded that they are", async () => {
    open({ "GET /api/webhook-subscriptions": () => new Promise(() => undefined) });
    expect(await screen.findByText("Loading…")).toBeInTheDocument();
    await expectAccessible(screen.getByRole("main"));
  });

  it("say why they cannot be shown", async () => {
    open({ "GET /api/webhook-subscriptions": () => problem(503, "unavailable", "Not now.") });
    expect(await screen.findByText("Not now.")).toBeVisible();
    await expectAccessible(screen.getByRole("main"));
  });

  it("are added by owners only", async () => {
    open({ "GET /api/session": aSession("agent") });
    await screen.findByRole("link", { name: /The CRM/ });
    expect(screen.queryByRole("button", { name: "Add an endpoint" })).not.toBeInTheDocument();
  });
});

describe("a new endpoint", () => {
  it("is told of what was chosen, and shows its secret once, until somebody says that they have it", async () => {
    const page = open({ "POST /api/webhook-subscriptions": { ...CRM, secret: SECRET } });
    const dialog = await add("https://crm.example.com/hooks");
    await userEvent.click(dialog.getByRole("checkbox", { name: /A notification failed for good/ }));
    await expectAccessible(screen.getByRole("dialog"));
    await userEvent.click(dialog.getByRole("button", { name: "Add" }));
    const shown = within(await screen.findByRole("dialog", { name: "The signing secret" }));
    expect(shown.getByText(SECRET)).toBeVisible();
    await userEvent.keyboard("{Escape}");
    expect(await shown.findByRole("alert")).toHaveTextContent("It cannot be shown again.");
    expect(shown.getByText(SECRET)).toBeVisible();
    await expectAccessible(screen.getByRole("dialog"));
    await userEvent.click(shown.getByRole("button", { name: "I have stored it" }));
    await waitFor(() => expect(page.router.state.location.pathname).toBe(`/settings/webhooks/${CRM.id}`));
    await waitFor(() => expect(screen.queryByText(SECRET)).not.toBeInTheDocument());
    expect(posts(page)[0]!.body).toMatchObject({
      url: "https://crm.example.com/hooks",
      eventTypes: ["message.created", "delivery.failed"],
    });
    expect(posts(page)[0]!.headers.get("Idempotency-Key")).toBeTruthy();
  });

  it("has a template, a rate limit, an order and a client, and shows what is wrong with the template", async () => {
    const page = open({
      "POST /api/webhook-subscriptions": () =>
        problem(422, "invalid-template", "Correct it.", {
          errors: [{ field: "payloadTemplate", detail: "What it makes of a message.created is not JSON." }],
          preview: '{"text": Ada}',
        }),
    });
    const dialog = await add("https://crm.example.com/hooks");
    await userEvent.click(dialog.getByText("Advanced"));
    await userEvent.type(dialog.getByRole("spinbutton", { name: /Rate limit/ }), "60");
    await userEvent.click(dialog.getByRole("checkbox", { name: /one after the other/ }));
    await userEvent.click(dialog.getByRole("textbox", { name: /Payload template/ }));
    await userEvent.paste('{"text": {{data.contactName}}}');
    await userEvent.click(dialog.getByRole("button", { name: "Add a client" }));
    await userEvent.type(dialog.getByRole("textbox", { name: "Token URL" }), "https://auth.example.com/token");
    await userEvent.type(dialog.getByRole("textbox", { name: "Client ID" }), "us");
    await userEvent.type(dialog.getByLabelText("Client secret"), "s3cret");
    await expectAccessible(screen.getByRole("dialog"));
    await userEvent.click(dialog.getByRole("button", { name: "Add" }));
    expect(await dialog.findByText(/is not JSON/)).toBeVisible();
    expect(dialog.getByText('{"text": Ada}')).toBeVisible();
    expect(dialog.getByRole("textbox", { name: /Payload template/ })).toBeInvalid();
    expect(posts(page)[0]!.body).toMatchObject({
      rateLimit: 60,
      ordering: "per-lead",
      payloadTemplate: '{"text": {{data.contactName}}}',
      authentication: {
        type: "oauth2",
        tokenUrl: "https://auth.example.com/token",
        clientId: "us",
        clientSecret: "s3cret",
        scope: null,
      },
    });
  });

  it("says beside the address why it cannot be called, and keeps it", async () => {
    open({
      "POST /api/webhook-subscriptions": () =>
        problem(400, "bad", "Mend it.", {
          errors: [{ field: "url", detail: "Give an address that begins with https://." }],
        }),
    });
    const dialog = await add("http://crm.example.com");
    await userEvent.click(dialog.getByRole("button", { name: "Add" }));
    expect(await dialog.findByText("Give an address that begins with https://.")).toBeVisible();
    expect(dialog.getByRole("textbox", { name: "Address" })).toHaveValue("http://crm.example.com");
    expect(dialog.getByRole("textbox", { name: "Address" })).toBeInvalid();
  });

  it("is asked for with the same key until something else is asked for", async () => {
    const page = open({ "POST /api/webhook-subscriptions": new TypeError("The connection broke.") });
    const dialog = await add("https://crm.example.com/hooks");
    const button = dialog.getByRole("button", { name: "Add" });
    for (const change of ["", "/v2"]) {
      if (change) {
        await userEvent.type(dialog.getByRole("textbox", { name: "Address" }), change);
      }
      await userEvent.click(button);
      await waitFor(() => expect(button).toBeEnabled());
      await userEvent.click(button);
      await waitFor(() => expect(button).toBeEnabled());
    }
    const keys = posts(page).map(({ headers }) => headers.get("Idempotency-Key"));
    expect(keys).toHaveLength(4);
    expect(keys[1]).toBe(keys[0]);
    expect(keys[2]).not.toBe(keys[1]);
    expect(keys[3]).toBe(keys[2]);
  });
});
