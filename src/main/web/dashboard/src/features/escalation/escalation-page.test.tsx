import { screen, waitFor, within } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { describe, expect, it } from "vitest";

import type { Policy } from "@/features/escalation/policy";
import { expectAccessible } from "../../../test/axe";
import { playService, problem } from "../../../test/service";
import { aSession } from "../../../test/session";
import { showAt } from "../../../test/show";

const KIM = "0199b2c4-6f3a-7c31-8f52-3d7a9be01c03";
const URGENT: Policy = {
  id: "6f1c2d34-55a7-4b1e-9a83-0c7d5e2b1a90",
  position: 1,
  name: "Urgent leads",
  isActive: true,
  priorities: ["urgent"],
  funnelIds: [],
  openHoursOnly: false,
  unit: "minutes",
  steps: [
    { after: 0, notify: ["assignee"], memberIds: [], channels: ["email", "push"] },
    { after: 5, notify: ["members", "webhook"], memberIds: [KIM], channels: null },
  ],
  repeats: 2,
  repeatAfter: 15,
  createdAt: "2026-11-22T03:20:00.000Z",
  updatedAt: "2026-11-22T03:20:00.000Z",
};
const OTHERS: Policy = {
  ...URGENT,
  id: "7f1c2d34-55a7-4b1e-9a83-0c7d5e2b1a90",
  position: 2,
  name: "All others",
  isActive: false,
  priorities: [],
  openHoursOnly: true,
  repeats: 0,
};
const RULES = {
  reached: { action: "nothing", afterMinutes: null, openHoursOnly: false },
  no_answer: { action: "again", afterMinutes: 120, openHoursOnly: false },
  not_interested: { action: "close", afterMinutes: null, openHoursOnly: false },
};

function open(answers: Record<string, unknown> = {}) {
  const service = playService({
    "GET /api/session": aSession("owner"),
    "GET /api/members": [{ id: KIM, email: "kim@example.com", role: "agent", createdAt: "2026-11-22T03:20:00.000Z" }],
    "GET /api/funnels": { funnels: [] },
    "GET /api/escalation-policies": { policies: [URGENT, OTHERS] },
    "GET /api/outcome-rules": { rules: RULES },
    ...answers,
  });
  showAt("/settings/escalation");
  return service;
}

const sent = (service: ReturnType<typeof open>, method: string, path: string) =>
  service.asked.filter((each) => each.method === method && each.path === path);

describe("escalation policies", () => {
  it("read aloud", async () => {
    open();
    expect(await screen.findByText("For urgent leads, at any hour.")).toBeVisible();
    expect(screen.getAllByText("At once: e-mail and push to the person who has the lead.")[0]).toBeVisible();
    expect((await screen.findAllByText("After 5 minutes: kim and your webhooks."))[0]).toBeVisible();
    expect(
      screen.getByText(
        "The steps are repeated 2 times, 15 minutes after the last one. Then the lead is overdue, and everyone is notified.",
      ),
    ).toBeVisible();
    expect(screen.getByText("For all leads, counted while you are open.")).toBeVisible();
    expect(screen.getByText("Switched off")).toBeVisible();
    await expectAccessible(screen.getByRole("main"));
  });

  it("are only read by agents", async () => {
    open({ "GET /api/session": aSession("agent") });
    expect(await screen.findByText("Urgent leads")).toBeVisible();
    expect(screen.queryByRole("button", { name: /New policy|Change/ })).not.toBeInTheDocument();
  });

  it("say what they are for while there is none", async () => {
    open({ "GET /api/escalation-policies": { policies: [] } });
    expect(await screen.findByText("No policy yet")).toBeVisible();
    await expectAccessible(screen.getByRole("main"));
  });

  it("are tried in another order", async () => {
    const service = open({ "PUT /api/escalation-policies": { policies: [OTHERS, URGENT] } });
    await userEvent.click(await screen.findByRole("button", { name: "More for Urgent leads" }));
    expect(screen.queryByRole("menuitem", { name: "Try earlier" })).not.toBeInTheDocument();
    await userEvent.click(await screen.findByRole("menuitem", { name: "Try later" }));
    await waitFor(() =>
      expect(sent(service, "PUT", "/api/escalation-policies")[0]?.body).toEqual({ ids: [OTHERS.id, URGENT.id] }),
    );
    await waitFor(() => expect(screen.getAllByRole("heading", { level: 2 })[0]).toHaveTextContent("All others"));
  });

  it("are written with as many steps as are needed", async () => {
    const service = open({ "POST /api/escalation-policies": URGENT });
    await userEvent.click(await screen.findByRole("button", { name: "New policy" }));
    const dialog = within(await screen.findByRole("dialog"));
    await userEvent.type(dialog.getByRole("textbox", { name: "Name" }), "Ours");
    await userEvent.click(dialog.getByRole("button", { name: "Add a step" }));
    const added = within(dialog.getByRole("region", { name: "Step 4" }));
    await userEvent.click(added.getByRole("checkbox", { name: "certain people" }));
    await userEvent.click(added.getByRole("checkbox", { name: "kim" }));
    await userEvent.click(added.getByRole("checkbox", { name: "SMS" }));
    await userEvent.click(dialog.getByRole("button", { name: "Remove step 3" }));
    await expectAccessible(screen.getByRole("dialog"));
    await userEvent.click(dialog.getByRole("button", { name: "Save" }));
    await waitFor(() => expect(sent(service, "POST", "/api/escalation-policies")).toHaveLength(1));
    const body = sent(service, "POST", "/api/escalation-policies")[0]!.body as Policy;
    expect(body.name).toBe("Ours");
    expect(body.steps.at(-1)).toEqual({
      after: 30,
      notify: ["members", "owners"],
      memberIds: [KIM],
      channels: ["sms"],
    });
  });

  it("say at the step what is wrong with it", async () => {
    open({
      "POST /api/escalation-policies": problem(400, "invalid-request", "Fix it.", {
        errors: [{ field: "steps.1.after", detail: "Give more than the step before, which comes first." }],
      }),
    });
    await userEvent.click(await screen.findByRole("button", { name: "New policy" }));
    const dialog = within(await screen.findByRole("dialog"));
    await userEvent.click(dialog.getByRole("button", { name: "Save" }));
    const step = within(await dialog.findByRole("region", { name: "Step 2" }));
    expect(await step.findByText("Give more than the step before, which comes first.")).toBeVisible();
  });

  it("are deleted once that is confirmed", async () => {
    const path = `/api/escalation-policies/${URGENT.id}`;
    const service = open({ [`DELETE ${path}`]: new Response(null, { status: 204 }) });
    await userEvent.click(await screen.findByRole("button", { name: "More for Urgent leads" }));
    await userEvent.click(await screen.findByRole("menuitem", { name: "Delete" }));
    const dialog = within(await screen.findByRole("dialog", { name: "Delete “Urgent leads”?" }));
    expect(sent(service, "DELETE", path)).toHaveLength(0);
    await userEvent.click(dialog.getByRole("button", { name: "Delete" }));
    await waitFor(() => expect(sent(service, "DELETE", path)).toHaveLength(1));
  });
});

describe("what follows from a phone call", () => {
  it("is chosen per outcome, and saved at once", async () => {
    const service = open({ "PUT /api/outcome-rules": { rules: RULES } });
    const choice = await screen.findByRole("combobox", { name: "No answer" });
    expect(choice).toHaveDisplayValue("Call again in 2 hr");
    await userEvent.selectOptions(choice, "Call again in 2 hr of opening hours");
    await waitFor(() =>
      expect(sent(service, "PUT", "/api/outcome-rules")[0]?.body).toEqual({
        rules: { ...RULES, no_answer: { action: "again", afterMinutes: 120, openHoursOnly: true } },
      }),
    );
  });

  it("is only read by agents", async () => {
    open({ "GET /api/session": aSession("agent") });
    expect(await screen.findByRole("combobox", { name: "Reached" })).toBeDisabled();
  });
});
