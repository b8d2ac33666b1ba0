import { screen, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";

import type { ThreadEntry } from "@/leads/lead";
import { expectAccessible } from "../../../test/axe";
import { openLead } from "../../../test/open-lead";

const said = (change: Partial<ThreadEntry>): ThreadEntry => ({
  id: "9f0b2c9e-3d41-4a70-9b53-0c7e5a1d2f01",
  direction: "out",
  channel: "email",
  recipient: "ada@example.com",
  subject: "Your roof",
  body: "Shall we come on Monday?\nOr on Tuesday?",
  authorId: null,
  author: "kim@example.com",
  templateId: null,
  delivery: null,
  createdAt: "2026-11-22T03:30:00Z",
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
  openLead({ thread });
  const conversation = (await screen.findByRole("heading", { name: "Conversation" })).closest("section")!;
  return within(conversation).getAllByRole("listitem");
}

describe("a conversation", () => {
  it("says who said what, by which way, and how far it has come", async () => {
    const [ours, theirs] = await shown(
      said({ delivery: travels({}) }),
      said({
        id: "9f0b2c9e-3d41-4a70-9b53-0c7e5a1d2f03",
        direction: "in",
        channel: "sms",
        subject: null,
        body: "Tuesday.",
      }),
    );
    expect(ours).toHaveTextContent(/^kimE-mail.*DeliveredYour roofShall we come on Monday\?/);
    expect(within(ours!).getByText(/Or on Tuesday/)).toHaveClass("whitespace-pre-wrap");
    expect(theirs).toHaveTextContent(/^Ada LovelaceSMS.*Tuesday\.$/);
    await expectAccessible(screen.getByRole("main"));
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
    expect(await screen.findByText("Nothing has been written to Ada Lovelace from here yet.")).toBeVisible();
  });
});
