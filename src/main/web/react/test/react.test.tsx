import { act, render, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import axe from "axe-core";
import type { ReactNode } from "react";
import { renderToString } from "react-dom/server";
import { beforeEach, describe, expect, it, vi } from "vitest";

import {
  type Message,
  MessageDashboard,
  MessageList,
  MessagingProvider,
  NotificationBadge,
  NotificationToasts,
} from "../src/index";
import { useMessageActions } from "../src/use-message-actions";
import { useMessages } from "../src/use-messages";
import { useRealtimeMessages } from "../src/use-realtime-messages";

function lead(change: Partial<Message> = {}): Message {
  return {
    id: "0199b2c4-6f3a-7c31-8f52-3d7a9be01c55",
    contactName: "Ada Lovelace",
    contactPhone: "0491 570 006",
    contactPhoneE164: "+61491570006",
    contactEmail: null,
    subject: null,
    message: "After five, please.",
    priority: "medium",
    status: "unread",
    type: "callback_request",
    funnelId: null,
    assignedTo: null,
    tags: [],
    quarantinedAt: null,
    revision: 1,
    createdAt: "2026-11-22T03:04:05.123Z",
    updatedAt: "2026-11-22T03:04:05.123Z",
    ...change,
  } as Message;
}

const grace = lead({
  id: "0199b2c4-6f3a-7c31-8f52-3d7a9be01c56",
  contactName: "Grace Hopper",
  createdAt: "2026-11-22T02:00:00.000Z",
});

type Answer = unknown | ((request: Request) => unknown);

let tell: (event: string, data: unknown, id?: string) => void;
let asked: Request[];
let answers: Record<string, Answer>;

/** Stands for the service at the network; its stream says what a test lets it say. */
function playService(given: Record<string, Answer>) {
  answers = given;
  asked = [];
  vi.stubGlobal("fetch", async (input: RequestInfo | URL, init?: RequestInit) => {
    const request = input instanceof Request ? input : new Request(new URL(String(input), location.href), init);
    asked.push(request);
    const { pathname } = new URL(request.url);
    if (pathname === "/api/stream") {
      const encoder = new TextEncoder();
      const body = new ReadableStream<Uint8Array>({
        start(controller) {
          tell = (event, data, id = "1-1") =>
            controller.enqueue(encoder.encode(`id: ${id}\nevent: ${event}\ndata: ${JSON.stringify(data)}\n\n`));
        },
      });
      return new Response(body, { headers: { "Content-Type": "text/event-stream" } });
    }
    const found = answers[`${request.method} ${pathname}`];
    const answer = typeof found === "function" ? await (found as (request: Request) => unknown)(request) : found;
    if (answer instanceof Response) {
      return answer;
    }
    return answer === undefined
      ? Response.json({ title: "Not found", status: 404 }, { status: 404 })
      : Response.json(answer);
  });
}

const shown = (...items: Message[]) => ({ items, next: null });
const wrapped = (children: ReactNode) => (
  <MessagingProvider baseUrl="https://callback.example.com" bearer="token" locale="en">
    {children}
  </MessagingProvider>
);
const names = () =>
  screen.getAllByRole("listitem").map((each) =>
    within(each)
      .getByText(/Ada|Grace|Eve/)
      .textContent!.replace("Unread: ", ""),
  );

async function expectAccessible() {
  const { violations } = await axe.run(document.body, {
    rules: { "color-contrast": { enabled: false }, region: { enabled: false } },
  });
  expect(violations.map(({ id, nodes }) => `${id} ${nodes.map(({ html }) => html).join()}`)).toEqual([]);
}

beforeEach(() =>
  playService({ "GET /api/messages": shown(lead(), grace), "GET /api/messages/unread-count": { unread: 2 } }),
);

describe("a list", () => {
  it("asks with the person's token and shows who waits", async () => {
    render(wrapped(<MessageList filter={{ status: ["unread"] }} />));
    expect(screen.getByRole("status")).toHaveTextContent("Loading leads…");
    await screen.findByRole("list", { name: "Leads" });
    expect(names()).toEqual(["Ada Lovelace", "Grace Hopper"]);
    expect(asked[0]!.headers.get("Authorization")).toBe("Bearer token");
    expect(new URL(asked[0]!.url).searchParams.getAll("status")).toEqual(["unread"]);
    await expectAccessible();
  });

  it("says why it failed, and tries again", async () => {
    let fails = true;
    playService({
      "GET /api/messages": () =>
        fails
          ? Response.json({ title: "Busy", status: 503, detail: "Come again in a moment." }, { status: 503 })
          : shown(lead()),
    });
    render(wrapped(<MessageList />));
    expect(await screen.findByRole("alert")).toHaveTextContent("Come again in a moment.");
    await expectAccessible();
    fails = false;
    await userEvent.click(screen.getByRole("button", { name: "Try again" }));
    expect(await screen.findByText("Ada Lovelace")).toBeVisible();
  });

  it("says in its own words that the service cannot be reached, and that one is signed out", async () => {
    let answer = (): Response => {
      throw new TypeError("Failed to fetch");
    };
    playService({ "GET /api/messages": () => answer() });
    render(wrapped(<MessageList />));
    expect(await screen.findByRole("alert")).toHaveTextContent("The service cannot be reached.");
    answer = () => Response.json({ title: "Who?", status: 401, detail: "Sign in, or send a key." }, { status: 401 });
    await userEvent.click(screen.getByRole("button", { name: "Try again" }));
    await waitFor(() => expect(screen.getByRole("alert")).toHaveTextContent("You are signed out."));
  });

  it("is empty in words", async () => {
    playService({ "GET /api/messages": shown() });
    render(wrapped(<MessageList />));
    expect(await screen.findByText("Nobody waits for a call.")).toBeVisible();
  });

  it("is walked through with the arrow keys", async () => {
    render(wrapped(<MessageList />));
    const [first, second] = await screen.findAllByRole("button");
    first!.focus();
    await userEvent.keyboard("{ArrowDown}");
    await waitFor(() => expect(second).toHaveFocus());
    await userEvent.keyboard("{ArrowUp}");
    await waitFor(() => expect(first).toHaveFocus());
  });

  it("loads the next page behind the first, each lead once", async () => {
    playService({
      "GET /api/messages": (request: Request) =>
        new URL(request.url).searchParams.has("cursor") ? shown(lead(), grace) : { items: [lead()], next: "more" },
    });
    render(wrapped(<MessageList />));
    await userEvent.click(await screen.findByRole("button", { name: "Show older ones" }));
    await waitFor(() => expect(names()).toEqual(["Ada Lovelace", "Grace Hopper"]));
  });
});

function Acknowledging() {
  const { messages } = useMessages({ status: ["unread", "read"] });
  const { acknowledge } = useMessageActions();
  return (
    <ul>
      {messages.map(({ id, contactName }) => (
        <li key={id}>
          <button onClick={() => void acknowledge(id).catch(() => undefined)}>{contactName}</button>
        </li>
      ))}
    </ul>
  );
}

describe("an action", () => {
  it("is shown at once and stays when the service agrees", async () => {
    let answer!: (value: unknown) => void;
    playService({
      "GET /api/messages": shown(lead()),
      [`POST /api/messages/${lead().id}/acknowledge`]: () => new Promise((resolve) => (answer = resolve)),
    });
    render(wrapped(<Acknowledging />));
    await userEvent.click(await screen.findByRole("button", { name: "Ada Lovelace" }));
    expect(screen.queryByText("Ada Lovelace")).toBeNull();
    await act(async () => answer({ ...lead({ status: "acknowledged", revision: 2 }), timeline: [], deliveries: [] }));
    expect(screen.queryByText("Ada Lovelace")).toBeNull();
  });

  it("is taken back when somebody was faster", async () => {
    playService({
      "GET /api/messages": shown(lead()),
      [`POST /api/messages/${lead().id}/acknowledge`]: () =>
        Response.json({ title: "Taken", status: 409, detail: "Kim was first." }, { status: 409 }),
    });
    render(wrapped(<Acknowledging />));
    await userEvent.click(await screen.findByRole("button", { name: "Ada Lovelace" }));
    expect(await screen.findByText("Ada Lovelace")).toBeVisible();
  });
});

function Live() {
  const state = useRealtimeMessages();
  return <p>{state}</p>;
}

describe("live", () => {
  const inbox = wrapped(
    <>
      <Live />
      <NotificationBadge />
      <MessageList filter={{ status: ["unread", "read"] }} />
    </>,
  );

  it("shows a lead as it comes in, once, and takes it away when it is acknowledged", async () => {
    render(inbox);
    await screen.findByText("Ada Lovelace");
    await screen.findByText("open");
    const eve = lead({
      id: "0199b2c4-6f3a-7c31-8f52-3d7a9be01c57",
      contactName: "Eve",
      createdAt: "2026-11-22T04:00:00.000Z",
    });
    act(() => {
      tell("message.created", { type: "message.created", message: eve }, "2-1");
      tell("message.updated", { type: "message.read", message: { ...eve, status: "read", revision: 2 } }, "2-2");
      // Told again after a reconnect, and late.
      tell("message.created", { type: "message.created", message: eve }, "2-1");
      tell("counts", { unread: 120 });
    });
    await waitFor(() => expect(names()).toEqual(["Eve", "Ada Lovelace", "Grace Hopper"]));
    expect(screen.getByText(/99\+/)).toBeVisible();
    act(() =>
      tell(
        "message.updated",
        { type: "message.acknowledged", message: { ...eve, status: "acknowledged", revision: 3 } },
        "2-3",
      ),
    );
    await waitFor(() => expect(names()).toEqual(["Ada Lovelace", "Grace Hopper"]));
  });

  it("loads the lists again when too much was missed", async () => {
    render(inbox);
    await screen.findByText("Grace Hopper");
    await screen.findByText("open");
    playService({ "GET /api/messages": shown(grace), "GET /api/messages/unread-count": { unread: 1 } });
    act(() => tell("reset", {}));
    await waitFor(() => expect(names()).toEqual(["Grace Hopper"]));
  });

  it("hears of changes from a Supabase project", async () => {
    let change!: (payload: unknown) => void;
    let state!: (status: string) => void;
    const channel = {
      on: vi.fn((_type, _filter, listener) => ((change = listener), channel)),
      subscribe: vi.fn((listener) => ((state = listener), channel)),
    };
    const supabase = { channel: () => channel, removeChannel: vi.fn() };
    const onNew = vi.fn();
    function FromSupabase() {
      return <p>{useRealtimeMessages({ source: "supabase", onNew })}</p>;
    }
    playService({ "GET /api/messages": shown(), "GET /api/messages/unread-count": { unread: 0 } });
    const page = render(
      <MessagingProvider
        baseUrl="https://callback.example.com"
        bearer="token"
        business="b1"
        supabase={supabase as never}
      >
        <FromSupabase />
        <MessageList />
      </MessagingProvider>,
    );
    await screen.findByText("Nobody waits for a call.");
    expect(channel.on.mock.calls[0]![1]).toMatchObject({ table: "messages", filter: "business_id=eq.b1" });
    act(() => state("SUBSCRIBED"));
    expect(screen.getByText("open")).toBeVisible();
    playService({ "GET /api/messages": shown(lead()), "GET /api/messages/unread-count": { unread: 1 } });
    act(() => change({ eventType: "INSERT", new: { id: lead().id } }));
    await waitFor(() => expect(names()).toEqual(["Ada Lovelace"]));
    expect(onNew).toHaveBeenCalledWith(lead().id);
    page.unmount();
    expect(supabase.removeChannel).toHaveBeenCalledWith(channel);
  });
});

describe("the whole inbox", () => {
  it("shows a number that was not understood as it was typed, and dials nothing", async () => {
    const unclear = lead({ contactPhone: "5550 1234 after 17:30", contactPhoneE164: null, status: "read" });
    playService({
      "GET /api/messages": () => shown(unclear),
      "GET /api/messages/unread-count": { unread: 0 },
      [`GET /api/messages/${unclear.id}`]: () => ({ ...unclear, timeline: [], deliveries: [] }),
    });
    render(wrapped(<MessageDashboard />));
    await userEvent.click(await screen.findByRole("button", { name: /Ada Lovelace/ }));
    expect(await screen.findByText("5550 1234 after 17:30")).toBeVisible();
    expect(screen.queryByRole("link", { name: "Call" })).toBeNull();
  });

  it("opens a lead, marks it as read, and acknowledges it", async () => {
    const id = lead().id;
    const whole = (change: Partial<Message>) => ({ ...lead(change), timeline: [], deliveries: [] });
    let now = whole({});
    playService({
      "GET /api/messages": () => shown(lead(now)),
      "GET /api/messages/unread-count": { unread: 1 },
      [`GET /api/messages/${id}`]: () => now,
      [`POST /api/messages/${id}/read`]: () => (now = whole({ status: "read", revision: 2 })),
      [`POST /api/messages/${id}/acknowledge`]: () => (now = whole({ status: "acknowledged", revision: 3 })),
    });
    render(wrapped(<MessageDashboard />));
    await expectAccessible();
    await userEvent.click(await screen.findByRole("button", { name: /Ada Lovelace/ }));
    expect(await screen.findByRole("link", { name: "Call" })).toHaveAttribute("href", "tel:+61491570006");
    await waitFor(() => expect(now.status).toBe("read"));
    await expectAccessible();
    await userEvent.click(screen.getByRole("button", { name: "Acknowledge" }));
    await waitFor(() => expect(screen.queryByRole("button", { name: "Acknowledge" })).toBeNull());
    expect(screen.getByText(/^Acknowledged ·/)).toBeVisible();
  });

  it("tells of a new lead once, also where the layout around it does, and opens it", async () => {
    const id = lead().id;
    playService({
      "GET /api/messages": shown(),
      "GET /api/messages/unread-count": { unread: 1 },
      [`GET /api/messages/${id}`]: { ...lead({ status: "read" }), timeline: [], deliveries: [] },
    });
    render(
      wrapped(
        <>
          <MessageDashboard />
          <NotificationToasts />
        </>,
      ),
    );
    await screen.findByText(/Nothing|No lead|Nobody/);
    const arrives = (revision: number) =>
      act(() => tell("message.created", { type: "message.created", message: lead({ revision, id }) }, `2-${revision}`));
    await waitFor(() => expect(() => arrives(1)).not.toThrow());
    expect(await screen.findAllByText("New lead: Ada Lovelace")).toHaveLength(1);
    await userEvent.click(screen.getByRole("button", { name: "Open" }));
    expect(await screen.findByRole("link", { name: "Call" })).toBeVisible();
  });
});

describe("a lead in full", () => {
  const id = lead().id;
  const sent = {
    id: "0199b2c4-6f3a-7c31-8f52-3d7a9be01c60",
    cause: "lead",
    channel: "email",
    recipient: "owner@example.com",
    state: "failed",
    lastError: "The mailbox is full.",
  };
  const said = {
    id: "0199b2c4-6f3a-7c31-8f52-3d7a9be01c61",
    direction: "out",
    channel: "sms",
    body: "We call at five.",
    author: "Kim",
    createdAt: "2026-11-22T03:10:00.000Z",
    delivery: { state: "delivered" },
  };
  const whole = (thread: unknown[]) => ({
    ...lead({ status: "read", contactEmail: "ada@example.com" }),
    timeline: [],
    deliveries: [sent],
    thread,
  });

  async function open(reply: Answer) {
    let thread: unknown[] = [];
    playService({
      "GET /api/messages": shown(lead({ status: "read" })),
      "GET /api/messages/unread-count": { unread: 0 },
      [`GET /api/messages/${id}`]: () => whole(thread),
      [`POST /api/messages/${id}/replies`]: (request: Request) => {
        const answer = typeof reply === "function" ? reply(request) : reply;
        if (!(answer instanceof Response)) {
          thread = [said];
        }
        return answer;
      },
    });
    render(wrapped(<MessageDashboard />));
    await userEvent.click(await screen.findByRole("button", { name: /Ada Lovelace/ }));
  }

  it("says who was told of it, and what went wrong", async () => {
    await open(said);
    const told = await screen.findByRole("region", { name: "Notifications" });
    expect(told).toHaveTextContent("E-mail owner@example.com");
    expect(told).toHaveTextContent("Failed");
    expect(told).toHaveTextContent("The mailbox is full.");
    await expectAccessible();
  });

  it("is answered by SMS, once, and shows what was said", async () => {
    await open(said);
    await userEvent.type(await screen.findByRole("textbox", { name: "Reply" }), "We call at five.");
    await userEvent.click(screen.getByRole("button", { name: "Send" }));
    const conversation = screen.getByRole("region", { name: "Conversation" });
    expect(await within(conversation).findByRole("listitem")).toHaveTextContent("We call at five.");
    expect(conversation).toHaveTextContent("Kim · Delivered");
    expect(screen.getByRole("textbox", { name: "Reply" })).toHaveValue("");
    const posts = asked.filter(({ url }) => url.endsWith("/replies"));
    expect(posts).toHaveLength(1);
    expect(await posts[0]!.json()).toEqual({ channel: "sms", text: "We call at five." });
    expect(posts[0]!.headers.get("Idempotency-Key")).toBeTruthy();
  });

  it("keeps the words of a reply that was refused, and says why", async () => {
    await open(
      Response.json({ title: "No", status: 422, detail: "The number asked not to be sent any SMS." }, { status: 422 }),
    );
    await userEvent.selectOptions(await screen.findByRole("combobox", { name: "Reply by" }), "E-mail");
    await userEvent.type(screen.getByRole("textbox", { name: "Reply" }), "At five.");
    await userEvent.click(screen.getByRole("button", { name: "Send" }));
    expect(await screen.findByRole("alert")).toHaveTextContent("The number asked not to be sent any SMS.");
    expect(screen.getByRole("textbox", { name: "Reply" })).toHaveValue("At five.");
  });
});

describe("filters", () => {
  it("say who waits, and ask the service for what is chosen", async () => {
    render(wrapped(<MessageDashboard />));
    const status = screen.getByRole("combobox", { name: "Status" });
    expect(status).toHaveDisplayValue("Waiting");
    await userEvent.selectOptions(status, "Archived");
    await waitFor(() => expect(new URL(asked.at(-1)!.url).searchParams.getAll("status")).toEqual(["archived"]));
    await userEvent.selectOptions(status, "Any");
    await waitFor(() => expect(new URL(asked.at(-1)!.url).searchParams.has("status")).toBe(false));
  });

  it("search once somebody rests from typing", async () => {
    render(wrapped(<MessageDashboard />));
    await userEvent.type(screen.getByRole("searchbox"), "love");
    const words = () => asked.map(({ url }) => new URL(url).searchParams.get("q")).filter(Boolean);
    await waitFor(() => expect(words()).toEqual(["love"]));
  });
});

it("is rendered on a server, each request with leads of its own", () => {
  const html = renderToString(wrapped(<MessageDashboard />));
  expect(html).toContain("Loading leads…");
  expect(html).not.toContain("Ada");
});

it("notices have one region, however many places for them are on the page", async () => {
  render(
    wrapped(
      <>
        <NotificationToasts />
        <MessageDashboard />
      </>,
    ),
  );
  await screen.findByRole("list", { name: "Leads" });
  expect(screen.getAllByRole("region", { name: "Notices" })).toHaveLength(1);
});
