import { screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it } from "vitest";

import type { LeadInFull, ThreadEntry } from "@/leads/lead";
import { expectAccessible } from "../../../test/axe";
import { aLeadInFull } from "../../../test/lead";
import { openLead } from "../../../test/open-lead";

const said = (change: Partial<ThreadEntry>): ThreadEntry => ({
  id: "9f0b2c9e-3d41-4a70-9b53-0c7e5a1d2f01",
  direction: "out",
  channel: "email",
  recipient: "ada@example.com",
  sender: null,
  subject: "Your roof",
  body: "Shall we come on Monday?\nOr on Tuesday?",
  trimmed: false,
  automatic: false,
  attachments: [],
  authorId: null,
  author: "kim@example.com",
  templateId: null,
  delivery: null,
  createdAt: "2026-11-22T03:30:00Z",
  ...change,
});
const received = (change: Partial<ThreadEntry>): ThreadEntry =>
  said({
    id: "9f0b2c9e-3d41-4a70-9b53-0c7e5a1d2f03",
    direction: "in",
    recipient: null,
    sender: "ada@example.com",
    author: null,
    ...change,
  });
const travels = (change: Partial<NonNullable<ThreadEntry["delivery"]>>): NonNullable<ThreadEntry["delivery"]> => ({
  id: "9f0b2c9e-3d41-4a70-9b53-0c7e5a1d2f02",
  state: "delivered",
  attempts: 1,
  outcomeUnknown: false,
  lastError: null,
  updatedAt: "2026-11-22T03:31:00Z",
  ...change,
});

async function shown(...thread: ThreadEntry[]) {
  return open({ thread });
}

async function open(change: Partial<LeadInFull>, more: Record<string, unknown> = {}) {
  openLead(change, { more });
  await userEvent.click(await screen.findByRole("button", { name: "Conversation" }));
  return within(screen.getByRole("list", { name: "What happened" })).getAllByRole("listitem");
}

describe("a conversation", () => {
  it("says who said what, by which way, and how far it has come", async () => {
    const [ours, theirs] = await shown(
      said({ delivery: travels({}) }),
      received({ channel: "sms", sender: "+61491570006", subject: null, body: "Tuesday." }),
    );
    expect(ours).toHaveTextContent(/^kimE-mail.*DeliveredYour roofShall we come on Monday\?/);
    expect(within(ours!).getByText(/Or on Tuesday/)).toHaveClass("whitespace-pre-wrap");
    expect(theirs).toHaveTextContent(/^Ada LovelaceSMS.*Tuesday\.$/);
    await expectAccessible(screen.getByRole("main"));
  });

  it("shows what was received as text, whatever it looks like", async () => {
    const [entry] = await shown(received({ body: "<img src=x onerror=alert(1)> <b>Tuesday</b>" }));
    expect(within(entry!).getByText("<img src=x onerror=alert(1)> <b>Tuesday</b>")).toBeVisible();
    expect(entry!.querySelector("img, b")).toBeNull();
  });

  it("names the address of somebody else who wrote", async () => {
    const [entry] = await shown(received({ sender: "brother@example.com" }));
    expect(entry).toHaveTextContent(/^brother@example\.comE-mail/);
  });

  it("says that nobody wrote an automatic reply, and what was attached", async () => {
    const [entry] = await shown(
      received({
        automatic: true,
        body: "",
        attachments: [{ name: "roof.jpg", type: "image/jpeg", size: 482_113 }],
      }),
    );
    expect(within(entry!).getByText("Automatic reply")).toBeVisible();
    expect(within(entry!).getByText("No text.")).toBeVisible();
    expect(within(entry!).getByText("roof.jpg")).toBeVisible();
    expect(within(entry!).getByText("482 kB")).toBeVisible();
    expect(within(entry!).queryByRole("link")).toBeNull();
  });

  it("shows the whole message when that is wanted", async () => {
    const entry = received({ trimmed: true, body: "Tuesday." });
    const [shownEntry] = await open(
      { thread: [entry] },
      {
        [`GET /api/messages/${aLeadInFull().id}/replies/${entry.id}`]: {
          entry,
          original: "Tuesday.\n> Shall we come on Monday?",
        },
      },
    );
    await userEvent.click(within(shownEntry!).getByRole("button", { name: "Show the whole message" }));
    expect(await within(shownEntry!).findByText(/> Shall we come on Monday/)).toBeVisible();
    await userEvent.click(within(shownEntry!).getByRole("button", { name: "Show the reply only" }));
    expect(within(shownEntry!).queryByText(/Shall we come/)).toBeNull();
  });

  it("says why something did not arrive", async () => {
    const [entry] = await shown(
      said({ delivery: travels({ state: "failed", attempts: 4, lastError: "No such mailbox." }) }),
    );
    expect(within(entry!).getByText("Failed")).toBeVisible();
    expect(within(entry!).getByText("No such mailbox.")).toBeVisible();
  });

  it("says that something is tried again, or may have arrived", async () => {
    const [again, unknown] = await shown(
      said({ delivery: travels({ state: "pending", attempts: 2 }) }),
      said({
        id: "9f0b2c9e-3d41-4a70-9b53-0c7e5a1d2f04",
        delivery: travels({ id: "9f0b2c9e-3d41-4a70-9b53-0c7e5a1d2f05", state: "unknown", outcomeUnknown: true }),
      }),
    );
    expect(within(again!).getByText("Trying again")).toBeVisible();
    expect(within(unknown!).getByText("May not have arrived")).toBeVisible();
  });

  it("that has not begun says so", async () => {
    openLead();
    await userEvent.click(await screen.findByRole("button", { name: "Conversation" }));
    expect(await screen.findByText("No messages yet.")).toBeVisible();
  });
});

describe("the timeline", () => {
  it("has what was said, noted, sent and done in one order, and shows one kind of it when that is wanted", async () => {
    openLead(
      { thread: [said({})], deliveries: [] },
      {
        more: {
          [`GET /api/messages/${aLeadInFull().id}/notes`]: {
            items: [
              {
                id: "n1",
                text: "Has a dog.",
                author: "kim@example.com",
                authorId: "7c1f0a52-0c7e-4c2e-9d9b-2b1f3d5a6b77",
                createdAt: "2026-11-22T03:20:00Z",
              },
            ],
            next: null,
          },
        },
      },
    );
    await screen.findByText("Has a dog.");
    const shown = () =>
      within(screen.getByRole("list", { name: "What happened" }))
        .getAllByRole("listitem")
        .map((each) => each.textContent);
    expect(shown()).toEqual([
      expect.stringContaining("The lead came in."),
      expect.stringContaining("Has a dog."),
      expect.stringContaining("Shall we come on Monday?"),
    ]);
    await userEvent.click(screen.getByRole("button", { name: "Notes" }));
    expect(shown()).toEqual([expect.stringContaining("Has a dog.")]);
    await userEvent.click(screen.getByRole("button", { name: "Notifications" }));
    expect(screen.getByText("No notifications were set up for this lead.")).toBeVisible();
  });
});
