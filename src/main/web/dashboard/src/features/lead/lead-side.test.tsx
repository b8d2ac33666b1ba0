import { screen, waitFor, within } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { describe, expect, it } from "vitest";

import { expectAccessible } from "../../../test/axe";
import { KIM, ME } from "../../../test/inbox";
import { openLead } from "../../../test/open-lead";
import { problem } from "../../../test/service";

const ID = "0199b2c4-6f3a-7c31-8f52-3d7a9be01c55";
const DELIVERY = {
  id: "9f0b2c9e-3d41-4a70-9b53-0c7e5a1d2f84",
  cause: "lead",
  channel: "email",
  state: "failed",
  recipient: "owner@example.com",
  attempts: 3,
  outcomeUnknown: false,
  heldReason: null,
  lastError: "The mailbox is full.",
  nextAttemptAt: null,
  endedAt: "2026-11-22T03:20:05Z",
  updatedAt: "2026-11-22T03:20:05Z",
};

describe("a lead's side", () => {
  it("gives it to a colleague, or takes it", async () => {
    const { sent } = openLead();
    const assignee = await screen.findByRole("combobox", { name: "Assigned to" });
    await screen.findByRole("option", { name: "kim" });
    await userEvent.selectOptions(assignee, "kim");
    await waitFor(() => expect(assignee).toHaveValue(KIM));
    await userEvent.click(screen.getByRole("button", { name: "Take it" }));
    await waitFor(() => expect(assignee).toHaveValue(ME));
    expect(sent("PUT", "/assignee").map(({ body }) => body)).toEqual([{ memberId: KIM }, { memberId: ME }]);
  });

  it("changes the priority, whatever else has changed meanwhile", async () => {
    const { sent } = openLead();
    await userEvent.selectOptions(await screen.findByRole("combobox", { name: "Priority" }), "Urgent");
    await waitFor(() => expect(sent("PATCH")).toHaveLength(1));
    expect(sent("PATCH")[0]!.body).toEqual({ priority: "urgent" });
    expect(sent("PATCH")[0]!.headers.get("If-Match")).toBe("*");
  });

  it("adds tags by t and Enter or a comma, each once, and takes the last one away with backspace", async () => {
    const { sent } = openLead({ tags: ["roof"] });
    await screen.findByRole("article", { name: "Details" });
    await userEvent.keyboard("t");
    const field = screen.getByPlaceholderText("Add a tag");
    await waitFor(() => expect(field).toHaveFocus());
    await userEvent.keyboard("Battery{Enter}");
    const tags = screen.getByRole("list", { name: "Tags" });
    expect(await within(tags).findByText("battery")).toBeVisible();
    await userEvent.keyboard("roof,");
    expect(field).toHaveValue("");
    await userEvent.keyboard("{Backspace}");
    await waitFor(() => expect(within(tags).queryByText("battery")).not.toBeInTheDocument());
    expect(sent("PUT", "/tags").map(({ body }) => body)).toEqual([{ tags: ["roof", "battery"] }, { tags: ["roof"] }]);
  });
});

describe("notes", () => {
  const path = `/api/messages/${ID}/notes`;
  const note = {
    id: "n1",
    text: "Has a dog.",
    author: "kim@demo.example",
    authorId: KIM,
    createdAt: "2026-11-22T03:20:05Z",
  };

  it("are written by n and Control+Enter, and once", async () => {
    const notes: unknown[] = [];
    const { asked } = openLead(
      {},
      {
        more: {
          [`GET ${path}`]: () => ({ items: notes, next: null }),
          [`POST ${path}`]: () => (notes.push(note), note),
        },
      },
    );
    await screen.findByRole("article", { name: "Details" });
    await userEvent.keyboard("n");
    await userEvent.keyboard("Has a dog.");
    expect(await screen.findByRole("textbox", { name: "Notes" })).toHaveValue("Has a dog.");
    await userEvent.keyboard("{Control>}{Enter}{/Control}");
    expect(await screen.findByText("Has a dog.")).toBeVisible();
    const posts = asked.filter(({ method, path: at }) => method === "POST" && at === path);
    expect(posts.map(({ body }) => body)).toEqual([{ text: "Has a dog." }]);
    expect(posts[0]!.headers.get("Idempotency-Key")).toBeTruthy();
    expect(screen.queryByRole("textbox", { name: "Notes" })).not.toBeInTheDocument();
    await expectAccessible(screen.getByRole("main"));
  });

  it("of others are deleted by owners, and not by agents", async () => {
    const { asked } = openLead(
      {},
      {
        more: {
          [`GET ${path}`]: { items: [note], next: null },
          [`DELETE ${path}/n1`]: new Response(null, { status: 204 }),
        },
      },
    );
    await userEvent.click(await screen.findByRole("button", { name: "Delete the note" }));
    await waitFor(() => expect(asked.some(({ method }) => method === "DELETE")).toBe(true));
  });

  it("cannot be deleted by an agent who has not written them", async () => {
    openLead({}, { role: "agent", more: { [`GET ${path}`]: { items: [note], next: null } } });
    expect(await screen.findByText("Has a dog.")).toBeVisible();
    expect(screen.queryByRole("button", { name: "Delete the note" })).not.toBeInTheDocument();
  });

  it("say beside the text what is wrong with it, and keep it", async () => {
    openLead(
      {},
      {
        more: {
          [`POST ${path}`]: () =>
            problem(400, "bad", "Mend it.", { errors: [{ field: "text", detail: "Write something." }] }),
        },
      },
    );
    await userEvent.click(await screen.findByRole("button", { name: "Add a note" }));
    const field = await screen.findByRole("textbox", { name: "Notes" });
    await userEvent.type(field, "x");
    await userEvent.click(screen.getByRole("button", { name: "Add a note" }));
    expect(await screen.findByText("Write something.")).toBeVisible();
    expect(field).toHaveValue("x");
  });
});

describe("notifications", () => {
  it("show each attempt with what was answered, and are tried again", async () => {
    const { asked } = openLead(
      { deliveries: [DELIVERY as never] },
      {
        more: {
          [`GET /api/deliveries/${DELIVERY.id}/attempts`]: {
            items: [
              {
                attempt: 3,
                startedAt: "2026-11-22T03:20:04Z",
                durationMs: 210,
                statusCode: 452,
                provider: "smtp",
                error: "mailbox full",
                answer: "452 4.2.2 Over quota",
              },
            ],
            receipts: [
              {
                attempt: 3,
                event: "bounced",
                at: "2026-11-22T03:21:04Z",
                receivedAt: "2026-11-22T03:21:09Z",
                provider: "sendgrid",
                detail: "550 5.1.1 no such user",
              },
            ],
            request: null,
          },
          [`POST /api/deliveries/${DELIVERY.id}/retry`]: { ...DELIVERY, state: "pending" },
        },
      },
    );
    await userEvent.click(await screen.findByRole("button", { name: /The mailbox is full/, expanded: false }));
    expect(await screen.findByText("Attempt 3")).toBeVisible();
    expect(screen.getByText(/452 4.2.2 Over quota/)).toBeVisible();
    expect(screen.getByText("Bounced")).toBeVisible();
    expect(screen.getByText("550 5.1.1 no such user")).toBeVisible();
    await expectAccessible(screen.getByRole("main"));
    await userEvent.click(screen.getByRole("button", { name: "Try again" }));
    await waitFor(() => expect(asked.some(({ path }) => path === `/api/deliveries/${DELIVERY.id}/retry`)).toBe(true));
  });

  it("name the member whom a notification is for", async () => {
    const told = {
      ...DELIVERY,
      cause: "notification",
      state: "delivered",
      memberId: KIM,
      recipient: null,
      lastError: null,
    };
    openLead({ deliveries: [told as never] });
    expect(await screen.findByText("To kim")).toBeVisible();
  });

  it("say why one cannot be tried again", async () => {
    openLead(
      { deliveries: [DELIVERY as never] },
      {
        more: {
          [`POST /api/deliveries/${DELIVERY.id}/retry`]: () =>
            problem(409, "channel-off", "Switch the channel on first."),
        },
      },
    );
    await userEvent.click(await screen.findByRole("button", { name: "Try again" }));
    expect(await screen.findByText("Switch the channel on first.")).toBeVisible();
  });

  it("that are being tried again say why and when, and are cancelled", async () => {
    const waiting = {
      ...DELIVERY,
      state: "pending",
      attempts: 2,
      nextAttemptAt: new Date(Date.now() + 600_000).toISOString(),
    };
    const { asked } = openLead(
      { deliveries: [waiting as never] },
      { more: { [`POST /api/deliveries/${DELIVERY.id}/cancel`]: { ...waiting, state: "cancelled" } } },
    );
    expect(await screen.findByText(/^The mailbox is full; again in/)).toBeVisible();
    await userEvent.click(screen.getByRole("button", { name: "Cancel" }));
    await waitFor(() =>
      expect(asked.find(({ path }) => path === `/api/deliveries/${DELIVERY.id}/cancel`)?.body).toEqual({
        reason: "Not needed any more",
      }),
    );
  });

  it("are neither tried again nor cancelled by viewers", async () => {
    openLead(
      {
        deliveries: [
          DELIVERY as never,
          { ...DELIVERY, id: "9f0b2c9e-3d41-4a70-9b53-0c7e5a1d2f85", state: "pending" } as never,
        ],
      },
      { role: "viewer" },
    );
    expect(await screen.findByText("Failed")).toBeVisible();
    expect(screen.queryByRole("button", { name: /Try again|Cancel/ })).not.toBeInTheDocument();
  });

  it("say that there is none", async () => {
    openLead();
    await userEvent.click(await screen.findByRole("button", { name: "Notifications" }));
    expect(await screen.findByText("No notifications were set up for this lead.")).toBeVisible();
  });
});
