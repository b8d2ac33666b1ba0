import { fireEvent, screen, waitFor } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { describe, expect, it } from "vitest";

import type { AssignmentRule, Rota } from "@/features/assignment/assignment";
import { expectAccessible } from "../../../test/axe";
import { playService, problem } from "../../../test/service";
import { aSession, ME } from "../../../test/session";
import { showAt } from "../../../test/show";

const SAM = "8b1d0a52-1f0e-4a52-9a37-1d4b9c3a2f11";
const EVE = "9b1d0a52-1f0e-4a52-9a37-1d4b9c3a2f11";
const FUNNEL = "2c7f0e6a-0d57-4f0e-9a37-5d1f8b1a7c01";
const RULE: AssignmentRule = {
  funnelId: null,
  rule: "nobody",
  memberIds: [],
  fallback: "owners",
  reassignAfterMinutes: null,
};
const ROTA: Rota = { shifts: [], exceptions: [], gaps: [], onDuty: null, next: null };
const DUTY: Rota = {
  shifts: [{ weekday: 1, from: "09:00", to: "17:00", memberId: ME }],
  exceptions: [{ date: "2026-12-25", from: "00:00", to: "24:00", memberId: null }],
  gaps: [{ weekday: 2, from: "09:00", to: "17:00" }],
  onDuty: { memberId: ME, email: "kim@example.com", from: "2026-11-23T06:00:00Z", until: "2026-11-23T18:00:00Z" },
  next: { memberId: SAM, email: "sam@example.com", from: "2026-11-24T09:00:00Z", until: "2026-11-24T18:00:00Z" },
};

function open(answers: Record<string, unknown> = {}) {
  const service = playService({
    "GET /api/session": aSession("owner"),
    "GET /api/assignment-rules": { items: [RULE] },
    "GET /api/rota": ROTA,
    "GET /api/members": [
      { id: ME, email: "kim@example.com", role: "owner", createdAt: null },
      { id: SAM, email: "sam@example.com", role: "agent", createdAt: null },
      { id: EVE, email: "eve@example.com", role: "viewer", createdAt: null },
    ],
    "GET /api/funnels": { funnels: [{ id: FUNNEL, name: "Roof check", title: null, slug: null }] },
    "PUT /api/assignment-rules": async (request: Request) => await request.json(),
    "PUT /api/rota": async (request: Request) => ({ ...ROTA, ...((await request.json()) as Rota) }),
    ...answers,
  });
  showAt("/settings/assignment");
  return service;
}

const sent = ({ asked }: ReturnType<typeof open>) =>
  asked.filter(({ method }) => method === "PUT").map(({ path, body }) => ({ path, body }));
const save = () => userEvent.click(screen.getByRole("button", { name: "Save" }));

describe("who gets a lead", () => {
  it("is asked with only what the rule has use for, and never a viewer", async () => {
    const service = open();
    const rule = await screen.findByLabelText("Who gets new leads");
    expect(screen.queryByLabelText("Pass it on after")).not.toBeInTheDocument();
    await userEvent.selectOptions(rule, "round_robin");
    expect(screen.queryByText("eve")).not.toBeInTheDocument();
    await userEvent.click(screen.getByRole("checkbox", { name: "sam" }));
    await userEvent.type(screen.getByLabelText("Pass it on after"), "15");
    await expectAccessible(screen.getByRole("main"));
    await save();
    expect(await screen.findByText("Saved.")).toBeVisible();
    expect(sent(service)).toEqual([
      {
        path: "/api/assignment-rules",
        body: { items: [{ ...RULE, rule: "round_robin", memberIds: [SAM], reassignAfterMinutes: 15 }] },
      },
    ]);
    expect(screen.queryByRole("button", { name: "Save" })).not.toBeInTheDocument();
  });

  it("differs for a funnel with a rule of its own", async () => {
    const service = open();
    await userEvent.selectOptions(await screen.findByLabelText("Own rule for a funnel"), "Roof check");
    expect(screen.getByRole("region", { name: "All other funnels" })).toBeVisible();
    await userEvent.selectOptions(screen.getAllByLabelText("Who gets new leads")[1]!, "member");
    await userEvent.selectOptions(screen.getByLabelText("Member"), "sam");
    await save();
    await waitFor(() => expect(sent(service)).toHaveLength(1));
    expect(sent(service)[0]?.body).toEqual({
      items: [RULE, { ...RULE, funnelId: FUNNEL, rule: "member", memberIds: [SAM] }],
    });
  });

  it("is shown as who is on duty now and next, with the gaps of the week", async () => {
    open({ "GET /api/rota": DUTY });
    expect(await screen.findByText(/^kim until /)).toBeVisible();
    expect(screen.getByText(/^Then sam from /)).toBeVisible();
    expect(screen.getByText("Tuesday 09:00 to 17:00")).toBeVisible();
    expect(screen.getByLabelText("Monday, start of shift 1")).toHaveValue("09:00");
    expect(screen.getByLabelText("Date of exception 1")).toHaveValue("2026-12-25");
    await expectAccessible(screen.getByRole("main"));
  });

  it("follows a rota of shifts and exceptions that is saved whole", async () => {
    const service = open();
    await userEvent.click(await screen.findByRole("button", { name: "Add a shift on Monday" }));
    await userEvent.click(screen.getByRole("button", { name: "Add a shift on Monday" }));
    expect(screen.getByLabelText("Monday, end of shift 2")).toHaveValue("00:00");
    await userEvent.selectOptions(screen.getByLabelText("Monday, member of shift 2"), "sam");
    await userEvent.click(screen.getByRole("button", { name: "Add an exception" }));
    fireEvent.change(screen.getByLabelText("Date of exception 1"), { target: { value: "2026-12-25" } });
    await save();
    await waitFor(() => expect(sent(service)).toHaveLength(1));
    expect(sent(service)).toEqual([
      {
        path: "/api/rota",
        body: {
          shifts: [
            { weekday: 1, from: "09:00", to: "17:00", memberId: ME },
            { weekday: 1, from: "17:00", to: "24:00", memberId: SAM },
          ],
          exceptions: [{ date: "2026-12-25", from: "00:00", to: "24:00", memberId: null }],
        },
      },
    ]);
  });

  it("is refused where it is wrong", async () => {
    open({
      "GET /api/rota": DUTY,
      "PUT /api/rota": problem(422, "unfit-rota", "Nothing was changed.", {
        errors: [{ field: "shifts.0.to", detail: "Give an end after the start." }],
      }),
    });
    fireEvent.change(await screen.findByLabelText("Monday, end of shift 1"), { target: { value: "08:00" } });
    await save();
    expect(await screen.findByText("Give an end after the start.")).toBeVisible();
    expect(screen.getByLabelText("Monday, end of shift 1")).toHaveAttribute("aria-invalid", "true");
    expect(screen.getByText("Correct the marked fields, then save.")).toBeVisible();
  });

  it("is only looked at by those who own nothing", async () => {
    open({ "GET /api/session": aSession("agent"), "GET /api/rota": DUTY });
    expect(await screen.findByText("Only owners can change this.")).toBeVisible();
    expect(screen.getByLabelText("Monday, start of shift 1")).toBeDisabled();
    expect(screen.queryByRole("button", { name: /Add|Remove/ })).not.toBeInTheDocument();
  });
});
