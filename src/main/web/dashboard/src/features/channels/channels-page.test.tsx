import { screen, waitFor, within } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { describe, expect, it } from "vitest";

import type { Channel } from "@/lib/channels";
import { expectAccessible } from "../../../test/axe";
import { playService, problem } from "../../../test/service";
import { aSession } from "../../../test/session";
import { showAt } from "../../../test/show";

const DELIVERY = "9f0b2c9e-3d41-4a70-9b53-0c7e5a1d2f84";
const EMAIL = {
  type: "email",
  label: "E-mail",
  isEnabled: true,
  isServed: true,
  recipient: "owner@example.com",
  recipientFormat: { label: "Address", kind: "email", pattern: null, example: "kim@example.com", isSecret: false },
  providers: ["sendgrid", "smtp"],
  fallbacks: ["sms"],
  subscriptions: null,
} as unknown as Channel;
const SMS = {
  ...EMAIL,
  type: "sms",
  label: "SMS",
  isEnabled: false,
  recipient: null,
  recipientFormat: {
    label: "Mobile number",
    kind: "mobile",
    pattern: null,
    example: "+61 491 570 006",
    isSecret: false,
  },
  providers: [],
  fallbacks: [],
} as Channel;
const WEBHOOK = {
  ...EMAIL,
  type: "webhook",
  label: "Webhooks",
  recipient: null,
  recipientFormat: null,
  providers: [],
  fallbacks: [],
  subscriptions: { enabled: 2, total: 3 },
} as Channel;
const TEST = {
  id: DELIVERY,
  cause: "test",
  channel: "email",
  state: "pending",
  recipient: "owner@example.com",
  attempts: 0,
  outcomeUnknown: false,
  lastError: null,
};

function open(answers: Record<string, unknown> = {}) {
  const service = playService({
    "GET /api/session": aSession("owner"),
    "GET /api/channels": { channels: [EMAIL, SMS, WEBHOOK] },
    ...answers,
  });
  showAt("/settings/channels");
  return service;
}

const card = async (name: string) => within(await screen.findByRole("region", { name }));
const changes = (service: ReturnType<typeof open>) =>
  service.asked.filter(({ method }) => method === "PATCH").map(({ path, body }) => [path, body]);

describe("channels", () => {
  it("say where they go, who carries them, and what takes over", async () => {
    open();
    const email = await card("E-mail");
    expect(email.getByRole("textbox", { name: "Address" })).toHaveValue("owner@example.com");
    expect(email.getByText("With SendGrid, then SMTP")).toBeVisible();
    expect(email.getByText("When it fails, SMS takes over.")).toBeVisible();
    expect((await card("SMS")).getByText(/new leads are not sent on it/)).toBeVisible();
    const webhooks = await card("Webhooks");
    expect(webhooks.getByText(/2 of 3 endpoints are on/)).toBeVisible();
    expect(webhooks.getByRole("link", { name: "Manage them" })).toHaveAttribute("href", "/settings/webhooks");
    await expectAccessible(screen.getByRole("main"));
  });

  it("that the operator has added are shown as the service describes them", async () => {
    const telegram = {
      ...EMAIL,
      type: "telegram",
      label: "Telegram",
      recipient: null,
      recipientFormat: { label: "Chat id", kind: "text", pattern: "@\\w+", example: "@sales_team", isSecret: false },
      providers: ["bot"],
      fallbacks: ["email"],
    } as Channel;
    open({ "GET /api/channels": { channels: [EMAIL, telegram] } });
    const shown = await card("Telegram");
    expect(shown.getByRole("switch", { name: "Telegram: On" })).toBeVisible();
    const chat = shown.getByRole("textbox", { name: "Chat id" });
    expect(chat).toHaveAttribute("type", "text");
    expect(chat).toHaveAttribute("placeholder", "@sales_team");
    expect(shown.getByText("When it fails, E-mail takes over.")).toBeVisible();
    await expectAccessible(screen.getByRole("main"));
  });

  it("whose recipient is a secret show its end, and take another one", async () => {
    const slack = {
      ...EMAIL,
      type: "slack",
      label: "Slack",
      recipient: "https://hooks.slack.com/…x7Qd",
      recipientFormat: { label: "Webhook URL", kind: "text", pattern: null, example: "https://…", isSecret: true },
      providers: ["http"],
    } as Channel;
    const service = open({ "GET /api/channels": { channels: [slack] }, "PATCH /api/channels/slack": slack });
    const shown = await card("Slack");
    const url = shown.getByRole("textbox", { name: "Webhook URL" });
    expect(url).toHaveValue("");
    expect(shown.getByText(/Stored encrypted: https:\/\/hooks.slack.com\/…x7Qd/)).toBeVisible();
    expect(shown.getByRole("button", { name: "Save" })).toBeDisabled();
    await userEvent.type(url, "https://hooks.slack.com/services/T1/B1/other");
    await userEvent.click(shown.getByRole("button", { name: "Save" }));
    expect(await screen.findByText("Saved.")).toBeVisible();
    expect(changes(service)).toEqual([
      ["/api/channels/slack", { recipient: "https://hooks.slack.com/services/T1/B1/other" }],
    ]);
    expect(url).toHaveValue("");
    await expectAccessible(screen.getByRole("main"));
  });

  it("without a recipient have no field for one", async () => {
    open({ "GET /api/channels": { channels: [{ ...WEBHOOK, type: "siren", label: "Siren", subscriptions: null }] } });
    expect((await card("Siren")).queryByRole("textbox")).not.toBeInTheDocument();
  });

  it("are switched, and asked for again", async () => {
    const service = open({ "PATCH /api/channels/sms": { ...SMS, isEnabled: true } });
    await userEvent.click((await card("SMS")).getByRole("switch", { name: "SMS: Off" }));
    expect(await screen.findByText("Saved.")).toBeVisible();
    expect(changes(service)).toEqual([["/api/channels/sms", { isEnabled: true }]]);
    expect(service.asked.filter(({ method, path }) => method === "GET" && path === "/api/channels")).toHaveLength(2);
  });

  it("stay as they are where a switch is refused, which says why", async () => {
    open({ "PATCH /api/channels/sms": () => problem(409, "not-served", "Nothing sends SMS here.") });
    const sms = await card("SMS");
    await userEvent.click(sms.getByRole("switch", { name: "SMS: Off" }));
    expect(await sms.findByText("Nothing sends SMS here.")).toBeVisible();
    expect(sms.getByRole("switch", { name: "SMS: Off" })).not.toBeChecked();
    await expectAccessible(screen.getByRole("main"));
  });

  it("take another address once it is another", async () => {
    const service = open({ "PATCH /api/channels/email": { ...EMAIL, recipient: "ada@example.com" } });
    const email = await card("E-mail");
    expect(email.getByRole("button", { name: "Save" })).toBeDisabled();
    const address = email.getByRole("textbox", { name: "Address" });
    await userEvent.clear(address);
    await userEvent.type(address, " ada@example.com ");
    await userEvent.click(email.getByRole("button", { name: "Save" }));
    expect(await screen.findByText("Saved.")).toBeVisible();
    expect(changes(service)).toEqual([["/api/channels/email", { recipient: "ada@example.com" }]]);
  });

  it("ask before an address that is typed and not saved is lost", async () => {
    open();
    const address = (await card("E-mail")).getByRole("textbox", { name: "Address" });
    await userEvent.type(address, "x");
    await userEvent.click(screen.getAllByRole("link", { name: /Templates/ })[0]!);
    const dialog = await screen.findByRole("dialog", { name: "Leave without saving?" });
    await userEvent.click(within(dialog).getByRole("button", { name: "Cancel" }));
    expect(address).toHaveValue("owner@example.comx");
  });

  it("say beside the number what is wrong with it", async () => {
    open({
      "PATCH /api/channels/sms": () =>
        problem(400, "bad", "Mend it.", { errors: [{ field: "recipient", detail: "That is no mobile number." }] }),
    });
    const sms = await card("SMS");
    await userEvent.type(sms.getByRole("textbox", { name: "Mobile number" }), "12");
    await userEvent.click(sms.getByRole("button", { name: "Save" }));
    expect(await sms.findByText("That is no mobile number.")).toBeVisible();
    expect(sms.getByRole("textbox", { name: "Mobile number" })).toBeInvalid();
    await expectAccessible(screen.getByRole("main"));
  });

  it("that the operator has not set up say so", async () => {
    open({ "GET /api/channels": { channels: [{ ...SMS, isServed: false }] } });
    expect((await card("SMS")).getByText(/operator of this service has not set this channel up/)).toBeVisible();
  });

  it("are looked at only by others", async () => {
    open({ "GET /api/session": aSession("agent") });
    const email = await card("E-mail");
    expect(email.getByText("On")).toBeVisible();
    expect(email.getByRole("textbox", { name: "Address" })).toBeDisabled();
    expect(screen.queryByRole("switch")).not.toBeInTheDocument();
    expect(screen.queryByRole("button", { name: /Send me a test|Save/ })).not.toBeInTheDocument();
  });

  it("say while they are loaded that they are", async () => {
    open({ "GET /api/channels": () => new Promise(() => undefined) });
    expect(await screen.findByText("Loading…")).toBeInTheDocument();
    await expectAccessible(screen.getByRole("main"));
  });

  it("say why they cannot be shown", async () => {
    open({ "GET /api/channels": () => problem(503, "unavailable", "Not now.") });
    expect(await screen.findByText("Not now.")).toBeVisible();
    expect(screen.getByRole("button", { name: "Try again" })).toBeVisible();
  });
});

describe("a test", () => {
  it("is watched until it has gone, and tells what was said to it", async () => {
    let looks = 0;
    const service = open({
      "POST /api/channels/email/test": { deliveries: [TEST] },
      [`GET /api/deliveries/${DELIVERY}`]: () =>
        ++looks < 2 ? { ...TEST, state: "sending" } : { ...TEST, state: "sent", attempts: 1 },
    });
    const email = await card("E-mail");
    await userEvent.click(email.getByRole("button", { name: "Send me a test" }));
    expect(await email.findByText("owner@example.com")).toBeVisible();
    expect(await email.findByText("Sent", {}, { timeout: 10_000 })).toBeVisible();
    const [post] = service.asked.filter(({ method }) => method === "POST");
    expect(post!.headers.get("Idempotency-Key")).toBeTruthy();
    await expectAccessible(screen.getByRole("main"));
  });

  it("that failed says why", async () => {
    const failed = { ...TEST, state: "failed", attempts: 1, lastError: "The mailbox does not exist." };
    open({
      "POST /api/channels/email/test": { deliveries: [failed] },
      [`GET /api/deliveries/${DELIVERY}`]: failed,
    });
    const email = await card("E-mail");
    await userEvent.click(email.getByRole("button", { name: "Send me a test" }));
    expect(await email.findByText("The mailbox does not exist.")).toBeVisible();
  });

  it("that cannot be sent says what to do", async () => {
    open({ "POST /api/channels/sms/test": () => problem(409, "no-recipient", "Give a mobile number first.") });
    const sms = await card("SMS");
    await userEvent.click(sms.getByRole("button", { name: "Send me a test" }));
    expect(await sms.findByText("Give a mobile number first.")).toBeVisible();
    await waitFor(() => expect(sms.getByRole("button", { name: "Send me a test" })).toBeEnabled());
  });
});

describe("the sender's domain", () => {
  const NAME = "Check the sender's domain";
  const checked = (more: object) => ({
    domain: "example.com",
    checkedAt: "2026-11-22T03:04:05.123Z",
    advice: null,
    checks: [],
    ...more,
  });

  it("is looked up when an owner asks, and shows what to add", async () => {
    const checks = [
      { check: "spf", name: "example.com", state: "found", records: ["v=spf1 mx -all"], advice: null },
      {
        check: "dmarc",
        name: "_dmarc.example.com",
        state: "missing",
        records: [],
        advice: "Add a TXT record at _dmarc.example.com.",
      },
    ];
    const service = open({ "GET /api/email-domain": checked({ checks }) });
    const email = await card("E-mail");
    expect(service.asked.some(({ path }) => path === "/api/email-domain")).toBe(false);
    await userEvent.click(email.getByRole("button", { name: NAME }));
    const table = within(await email.findByRole("table", { name: /^What DNS says of example\.com/ }));
    const [, spf, dmarc] = table.getAllByRole("row");
    expect(spf).toHaveTextContent("SPF example.comv=spf1 mx -allFound");
    expect(dmarc).toHaveTextContent("DMARC _dmarc.example.comAdd a TXT record at _dmarc.example.com.Missing");
    await expectAccessible(screen.getByRole("main"));
  });

  it("that is none of its own says what to set", async () => {
    open({ "GET /api/email-domain": checked({ domain: "localhost", advice: "Set CHANNELS_EMAIL_FROM." }) });
    const email = await card("E-mail");
    await userEvent.click(email.getByRole("button", { name: NAME }));
    expect(await email.findByText("Set CHANNELS_EMAIL_FROM.")).toBeVisible();
    expect(email.queryByRole("table")).not.toBeInTheDocument();
  });

  it("that cannot be looked up says why", async () => {
    open({ "GET /api/email-domain": () => problem(503, "unavailable", "Not now.") });
    const email = await card("E-mail");
    await userEvent.click(email.getByRole("button", { name: NAME }));
    expect(await email.findByText("Not now.")).toBeVisible();
  });

  it("is no business of other channels and members", async () => {
    open({ "GET /api/session": aSession("agent") });
    await card("E-mail");
    expect(screen.queryByRole("button", { name: NAME })).not.toBeInTheDocument();
    expect((await card("SMS")).queryByRole("button", { name: NAME })).not.toBeInTheDocument();
  });
});
