import { screen, waitFor, within } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { describe, expect, it } from "vitest";

import { expectAccessible } from "../../../test/axe";
import { playService, problem } from "../../../test/service";
import { aSession } from "../../../test/session";
import { showAt } from "../../../test/show";
import { aSubscription } from "../../../test/webhooks";

const CRM = aSubscription();
const OFF = aSubscription({ enabled: false, disabledReason: "gone", disabledAt: "2026-11-22T04:00:00Z" });
const PATH = `/api/webhook-subscriptions/${CRM.id}`;
const CALL = {
  id: "9f0b2c9e-3d41-4a70-9b53-0c7e5a1d2f84",
  cause: "event",
  channel: "webhook",
  state: "failed",
  attempts: 10,
  recipient: null,
  outcomeUnknown: false,
  lastError: "It answered 500.",
  nextAttemptAt: null,
  createdAt: "2026-11-22T03:20:05Z",
  updatedAt: "2026-11-22T03:20:05Z",
};

function open(answers: Record<string, unknown> = {}) {
  const service = playService({
    "GET /api/session": aSession("owner"),
    "GET /api/webhook-subscriptions": { subscriptions: [CRM] },
    [`GET ${PATH}`]: CRM,
    "GET /api/deliveries": { items: [CALL], next: null },
    "GET /api/deliveries/count": { count: 3 },
    ...answers,
  });
  return { ...service, ...showAt(`/settings/webhooks/${CRM.id}`) };
}

const sent = ({ asked }: ReturnType<typeof open>, method: string, path: string) =>
  asked.filter((each) => each.method === method && each.path === path);
const more = async (item: string) => {
  await userEvent.click(await screen.findByRole("button", { name: "More" }));
  await userEvent.click(await screen.findByRole("menuitem", { name: item }));
};

describe("an endpoint", () => {
  it("shows each call with what was asked and answered, and sends it again", async () => {
    const page = open({
      [`GET /api/deliveries/${CALL.id}/attempts`]: {
        items: [
          {
            attempt: 10,
            startedAt: "2026-11-22T03:20:04Z",
            durationMs: 210,
            statusCode: 500,
            provider: null,
            error: null,
            answer: "Something went wrong",
          },
        ],
        receipts: [],
        request: {
          method: "POST",
          url: CRM.url,
          headers: { "webhook-id": CALL.id },
          body: { type: "message.created", data: { contactName: "Ada" } },
        },
      },
      [`POST /api/deliveries/${CALL.id}/retry`]: { ...CALL, state: "pending" },
    });
    await userEvent.click(await screen.findByRole("button", { name: /It answered 500/, expanded: false }));
    expect(await screen.findByText("Attempt 10")).toBeVisible();
    expect(screen.getByText(/Something went wrong/)).toBeVisible();
    await userEvent.click(screen.getByText("What is sent"));
    expect(screen.getByText(/"contactName": "Ada"/)).toBeVisible();
    await expectAccessible(screen.getByRole("main"));
    await userEvent.click(screen.getByRole("button", { name: "Send again" }));
    await waitFor(() => expect(sent(page, "POST", `/api/deliveries/${CALL.id}/retry`)).toHaveLength(1));
  });

  it("shows deliveries of one state, and says that there are none", async () => {
    const page = open({
      "GET /api/deliveries": (request: Request) => ({
        items: new URL(request.url).searchParams.has("state") ? [] : [CALL],
        next: null,
      }),
    });
    await screen.findByRole("button", { name: /It answered 500/ });
    await userEvent.selectOptions(screen.getByRole("combobox", { name: "State" }), "delivered");
    expect(await screen.findByText("No delivery has this state")).toBeVisible();
    const query = sent(page, "GET", "/api/deliveries").at(-1)!.query;
    expect([query.get("target"), query.get("state")]).toEqual([CRM.id, "delivered"]);
  });

  it("is tried out", async () => {
    const page = open({ [`POST ${PATH}/test`]: CALL });
    await userEvent.click(await screen.findByRole("button", { name: "Send a test" }));
    expect(await screen.findByText("A test is on its way. The log shows what your endpoint answers.")).toBeVisible();
    expect(sent(page, "POST", `${PATH}/test`)[0]!.headers.get("Idempotency-Key")).toBeTruthy();
  });

  it("has a new secret, with the old one for as long as it was said", async () => {
    const page = open({ [`POST ${PATH}/rotate-secret`]: { ...CRM, secret: "whsec_new" } });
    await more("New signing secret");
    const dialog = within(await screen.findByRole("dialog", { name: "A new signing secret" }));
    await userEvent.selectOptions(dialog.getByRole("combobox"), "A week to change over");
    await userEvent.click(dialog.getByRole("button", { name: "Make a new one" }));
    expect(await screen.findByText("whsec_new")).toBeVisible();
    expect(sent(page, "POST", `${PATH}/rotate-secret`)[0]!.body).toEqual({ overlap: "P7D" });
    await userEvent.click(screen.getByRole("button", { name: "I have stored it" }));
    await waitFor(() => expect(screen.queryByText("whsec_new")).not.toBeInTheDocument());
  });

  it("is switched off and removed once that is confirmed", async () => {
    const page = open({ [`POST ${PATH}/disable`]: OFF, [`DELETE ${PATH}`]: new Response(null, { status: 204 }) });
    await more("Switch off");
    expect(screen.getByText(/Its requests are held, and sent when/)).toBeVisible();
    expect(sent(page, "POST", `${PATH}/disable`)).toHaveLength(0);
    await userEvent.click(screen.getByRole("button", { name: "Switch off" }));
    await waitFor(() => expect(sent(page, "POST", `${PATH}/disable`)).toHaveLength(1));
    await waitFor(() => expect(screen.queryByRole("button", { name: "Switch off" })).not.toBeInTheDocument());
    await more("Remove");
    await userEvent.click(await screen.findByRole("button", { name: "Remove" }));
    await waitFor(() => expect(page.router.state.location.pathname).toBe("/settings/webhooks"));
  });

  it("is only looked at by others than owners", async () => {
    open({ "GET /api/session": aSession("viewer") });
    await screen.findByRole("button", { name: /It answered 500/ });
    expect(screen.queryByRole("button", { name: /Send|More/ })).not.toBeInTheDocument();
  });

  it("says why it cannot be shown", async () => {
    open({ [`GET ${PATH}`]: () => problem(404, "not-found", "There is no such subscription.") });
    expect(await screen.findByText("There is no such subscription.")).toBeVisible();
  });
});

describe("many calls", () => {
  const replay = "/api/deliveries/replay";
  const ask = async () => {
    await userEvent.click(await screen.findByRole("button", { name: "Send again…" }));
    return within(await screen.findByRole("dialog", { name: "Send many again" }));
  };

  it("are sent again once their number was seen, at the pace that was chosen", async () => {
    const page = open({ [`POST ${replay}`]: { changed: 3, remaining: 0 } });
    const dialog = await ask();
    expect(await dialog.findByText("3 match.")).toBeVisible();
    await expectAccessible(screen.getByRole("dialog"));
    await userEvent.selectOptions(dialog.getByRole("combobox", { name: "Of" }), "all time");
    await userEvent.click(await dialog.findByRole("button", { name: "Send 3 again" }));
    expect(await screen.findByText("3 sent again.")).toBeVisible();
    const [post] = sent(page, "POST", replay);
    expect(post!.body).toEqual({ expectedCount: 3, perMinute: 60 });
    expect(Object.fromEntries(post!.query)).toEqual({ target: CRM.id, state: "failed" });
  });

  it("are counted again where they have become others meanwhile", async () => {
    let count = 3;
    open({
      "GET /api/deliveries/count": () => ({ count }),
      [`POST ${replay}`]: () => ((count = 5), problem(409, "count-changed", "5 match now, not 3.")),
    });
    const dialog = await ask();
    await userEvent.click(await dialog.findByRole("button", { name: "Send 3 again" }));
    expect(await dialog.findByText("5 match now, not 3.")).toBeVisible();
    expect(await dialog.findByRole("button", { name: "Send 5 again" })).toBeVisible();
  });

  it("that are none cannot be sent", async () => {
    open({ "GET /api/deliveries/count": { count: 0 } });
    const dialog = await ask();
    expect(await dialog.findByText("0 match.")).toBeVisible();
    expect(dialog.getByRole("button", { name: "Send 0 again" })).toBeDisabled();
  });
});

describe("an endpoint that is off", () => {
  const held = { count: 1_200, oldestAgeSeconds: 7_200, first: [] };

  it("says what is held for it, and is drained at a pace", async () => {
    const page = open({ [`GET ${PATH}`]: OFF, [`GET ${PATH}/held`]: held, [`POST ${PATH}/enable`]: CRM });
    expect(await screen.findByText(/answered 410 Gone/)).toBeVisible();
    expect(await screen.findByText(/^1,200 requests held, the oldest for /)).toBeVisible();
    const pace = screen.getByRole("spinbutton", { name: "Requests a minute" });
    await userEvent.clear(pace);
    await userEvent.type(pace, "120");
    expect(screen.getByText(/Sending them takes 10/)).toBeVisible();
    await expectAccessible(screen.getByRole("main"));
    await userEvent.click(screen.getByRole("button", { name: "Switch on and send" }));
    expect(await screen.findByText("The endpoint is on. Its held requests are being sent.")).toBeVisible();
    expect(sent(page, "POST", `${PATH}/enable`)[0]!.body).toEqual({ drainPerMinute: 120 });
  });

  it("says why it stays off", async () => {
    open({
      [`GET ${PATH}`]: OFF,
      [`GET ${PATH}/held`]: held,
      [`POST ${PATH}/enable`]: () => problem(422, "address", "Its address may not be called."),
    });
    await userEvent.click(await screen.findByRole("button", { name: "Switch on and send" }));
    expect(await screen.findByText("Its address may not be called.")).toBeVisible();
  });
});
