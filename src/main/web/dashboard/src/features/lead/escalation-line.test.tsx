import { fireEvent, screen, waitFor, within } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { describe, expect, it } from "vitest";

import type { Escalation } from "@/leads/escalation";
import { shortMoment } from "@/lib/format";
import { expectAccessible } from "../../../test/axe";
import { KIM } from "../../../test/inbox";
import { aLeadInFull } from "../../../test/lead";
import { openLead } from "../../../test/open-lead";

const article = () => screen.findByRole("article", { name: "Details" });
const soon = () => new Date(Date.now() + 4 * 60_000).toISOString();
const next = (change: Partial<Escalation> = {}): Escalation => ({
  policy: "Urgent leads",
  at: soon(),
  then: "step",
  step: 2,
  of: 3,
  round: 1,
  rounds: 2,
  notify: ["assignee"],
  memberIds: [],
  channels: ["sms"],
  ...change,
});

describe("a lead that nobody acts on", () => {
  it("says who is notified next, when and in how long", async () => {
    const escalation = next();
    openLead({ escalation, assignedTo: KIM });
    const line = (await within(await article()).findByText(/Next: SMS to kim/i)).closest("p")!;
    expect(line).toHaveTextContent(`at ${shortMoment(escalation.at)}`);
    expect(line).toHaveTextContent(/in 3 min|in 4 min/);
    expect(line).toHaveAttribute("title", "Urgent leads: step 2 of 3, round 1 of 2");
    await expectAccessible(screen.getByRole("main"));
  });

  it("says when it is overdue", async () => {
    openLead({ escalation: next({ then: "overdue" }) });
    expect(await within(await article()).findByText(/Next: overdue, everyone is notified/)).toBeVisible();
  });

  it("says nothing once somebody has acted", async () => {
    openLead({ escalation: next(), status: "acknowledged" });
    await article();
    expect(screen.queryByText(/^Next:/)).not.toBeInTheDocument();
  });
});

describe("a lead is put off", () => {
  const path = `/api/messages/${aLeadInFull().id}/reminder`;
  const remind = async (request: Request) => {
    const { at } = (await request.json()) as { at: string };
    return aLeadInFull({ status: "read", callAgainAt: at, dueAt: at });
  };

  it("until a time of its own, which is asked for", async () => {
    const { sent } = openLead({}, { more: { [`PUT ${path}`]: remind, "GET /api/snooze-times": { times: [] } } });
    await userEvent.click(within(await article()).getByRole("button", { name: "Snooze" }));
    await userEvent.click(await screen.findByRole("option", { name: "Pick a time…" }, { timeout: 5_000 }));
    const wanted = new Date(Date.now() + 3 * 86_400_000);
    const local = new Date(wanted.getTime() - wanted.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
    fireEvent.change(screen.getByLabelText("When"), { target: { value: local } });
    await userEvent.click(screen.getByRole("button", { name: "Save" }));
    await waitFor(() => expect(sent("PUT", "/reminder")).toHaveLength(1));
    const { at } = sent("PUT", "/reminder")[0]!.body as { at: string };
    expect(at).toBe(new Date(local).toISOString());
  });

  it("and may be taken up again", async () => {
    const at = soon();
    const { sent } = openLead(
      { callAgainAt: at },
      {
        more: {
          [`DELETE ${path}`]: aLeadInFull({ status: "read", callAgainAt: null }),
          "GET /api/snooze-times": { times: [] },
        },
      },
    );
    await userEvent.click(within(await article()).getByRole("button", { name: `Snoozed until ${shortMoment(at)}` }));
    await userEvent.click(await screen.findByRole("option", { name: "Cancel snooze" }, { timeout: 5_000 }));
    await waitFor(() => expect(sent("DELETE", "/reminder")).toHaveLength(1));
  });
});
