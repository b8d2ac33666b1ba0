import { fireEvent, screen, waitFor, within } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { describe, expect, it } from "vitest";

import type { Invitation, Member } from "@/features/members/queries";
import { expectAccessible } from "../../../test/axe";
import { playService, problem } from "../../../test/service";
import { aSession, BUSINESS, ME } from "../../../test/session";
import { showAt } from "../../../test/show";

const KIM: Member = { id: ME, email: "kim@example.com", role: "owner", createdAt: "2026-01-22T03:04:05.123Z" };
const SAM: Member = { ...KIM, id: "8b1d0a52-1f0e-4a52-9a37-1d4b9c3a2f11", email: "sam@example.com", role: "agent" };
const NAMESAKE: Member = { id: BUSINESS, email: null, role: "owner", createdAt: null };
const INVITED: Invitation = {
  id: "3f0f2f5e-5a0f-4a51-8f52-0d3c6f5e8a51",
  email: "robin@example.com",
  role: "viewer",
  invitedBy: "kim@example.com",
  createdAt: "2026-11-22T03:04:05.123Z",
  expiresAt: new Date(Date.now() + 5 * 86_400_000).toISOString(),
};
const LAST_OWNER = "A business without an owner could not be managed any more: make somebody else an owner first.";

function open(answers: Record<string, unknown> = {}) {
  const service = playService({
    "GET /api/session": aSession("owner"),
    "GET /api/members": [NAMESAKE, KIM, SAM],
    "GET /api/invitations": [],
    ...answers,
  });
  showAt("/settings/members");
  return service;
}

const asked = (service: ReturnType<typeof open>, method: string) =>
  service.asked.filter((each) => each.method === method);

// Who looks also stands in the frame around the page.
const page = async () => within(await screen.findByRole("main", { hidden: true }));
const rowOf = async (email: string) => within((await (await page()).findByText(email)).closest("li")!);

describe("members", () => {
  it("are listed with what they are, and who looks is marked", async () => {
    open();
    expect((await rowOf("kim@example.com")).getByText("You")).toBeVisible();
    expect((await rowOf("sam@example.com")).queryByText("You")).not.toBeInTheDocument();
    expect(screen.getByLabelText("Role of sam@example.com")).toHaveValue("agent");
    await expectAccessible(screen.getByRole("main"));
  });

  it("are not changed for the account that opened the business", async () => {
    open();
    const row = await rowOf("Somebody without an address");
    expect(row.getByText("This account opened the business and stays its owner.")).toBeVisible();
    expect(row.queryByRole("combobox")).not.toBeInTheDocument();
    expect(row.queryByRole("button")).not.toBeInTheDocument();
  });

  it("say while they are loaded that they are", async () => {
    const never = () => new Promise(() => undefined);
    open({ "GET /api/members": never, "GET /api/invitations": never });
    expect(await screen.findAllByText("Loading…")).toHaveLength(2);
    await expectAccessible(screen.getByRole("main"));
  });

  it("are asked for again after a failure", async () => {
    let tries = 0;
    open({ "GET /api/members": () => (++tries === 1 ? problem(503, "unavailable", "Come back.") : [KIM]) });
    expect(await screen.findByText("Come back.")).toBeVisible();
    await expectAccessible(screen.getByRole("main"));
    await userEvent.click(screen.getByRole("button", { name: "Try again" }));
    expect(await (await page()).findByText("kim@example.com")).toBeVisible();
  });

  it("are only looked at by those who own nothing", async () => {
    open({ "GET /api/session": aSession("agent"), "GET /api/invitations": [INVITED] });
    expect((await rowOf("sam@example.com")).getByText("Agent")).toBeVisible();
    await screen.findByText("robin@example.com");
    expect(screen.queryByRole("combobox", { name: /Role/ })).not.toBeInTheDocument();
    expect(screen.queryByRole("button", { name: /Remove|Invite|Take back/ })).not.toBeInTheDocument();
  });

  it("are away from a switch on, until a moment that an owner gives", async () => {
    let away: Partial<Member> = {};
    const service = open({
      "GET /api/members": () => [KIM, { ...SAM, ...away }],
      [`PUT /api/members/${SAM.id}/absence`]: () => {
        away = { awayFrom: new Date().toISOString(), awayUntil: null };
        return { memberId: SAM.id, from: away.awayFrom, until: null };
      },
    });
    await userEvent.click(await screen.findByRole("switch", { name: "sam@example.com is away" }));
    const until = await screen.findByLabelText("When sam@example.com is back");
    expect(screen.getByText("until switched off")).toBeVisible();
    await expectAccessible(screen.getByRole("main"));
    fireEvent.change(until, { target: { value: "2099-01-07T09:00" } });
    fireEvent.blur(until);
    await waitFor(() => expect(asked(service, "PUT")).toHaveLength(2));
    expect(asked(service, "PUT").map(({ body }) => body)).toEqual([
      { until: null },
      { until: new Date("2099-01-07T09:00").toISOString() },
    ]);
  });

  it("get another role from an owner", async () => {
    const service = open({ [`PATCH /api/members/${SAM.id}`]: { ...SAM, role: "viewer" } });
    await userEvent.selectOptions(await screen.findByLabelText("Role of sam@example.com"), "viewer");
    expect(await screen.findByText("sam@example.com is viewer now.")).toBeVisible();
    expect(asked(service, "PATCH")[0]?.body).toEqual({ role: "viewer" });
  });

  it("stay what they are when the service refuses, and its words stand beside them", async () => {
    open({ [`PATCH /api/members/${ME}`]: () => problem(409, "last-owner", LAST_OWNER) });
    await userEvent.selectOptions(await screen.findByLabelText("Role of kim@example.com"), "agent");
    await userEvent.click(await screen.findByRole("button", { name: "Become agent" }));
    expect((await rowOf("kim@example.com")).getByRole("alert")).toHaveTextContent(LAST_OWNER);
    expect(screen.getByLabelText("Role of kim@example.com")).toHaveValue("owner");
    await expectAccessible(screen.getByRole("main"));
  });

  it("confirm before they give up their own role, and see then what is left to them", async () => {
    let role = "owner";
    const service = open({
      "GET /api/session": () => aSession(role as "owner"),
      [`PATCH /api/members/${ME}`]: () => {
        role = "agent";
        return { ...KIM, role };
      },
      "GET /api/members": () => [{ ...KIM, role }, SAM],
    });
    await userEvent.selectOptions(await screen.findByLabelText("Role of kim@example.com"), "agent");
    expect(await screen.findByText(/another owner has to/)).toBeVisible();
    expect(asked(service, "PATCH")).toHaveLength(0);
    await userEvent.click(screen.getByRole("button", { name: "Become agent" }));
    await waitFor(() => expect(screen.queryByRole("combobox", { name: /Role/ })).not.toBeInTheDocument());
    expect(screen.queryByRole("button", { name: "Invite somebody" })).not.toBeInTheDocument();
  });

  it("are removed once that is confirmed", async () => {
    const members = [KIM, SAM];
    const service = open({
      "GET /api/members": () => members,
      [`DELETE /api/members/${SAM.id}`]: () => {
        members.pop();
        return new Response(null, { status: 204 });
      },
    });
    await userEvent.click(await screen.findByRole("button", { name: "Remove sam@example.com" }));
    const dialog = within(await screen.findByRole("dialog", { name: "Remove sam@example.com?" }));
    expect(asked(service, "DELETE")).toHaveLength(0);
    await expectAccessible();
    await userEvent.click(dialog.getByRole("button", { name: "Remove" }));
    await waitFor(() => expect(screen.queryByText("sam@example.com")).not.toBeInTheDocument());
    expect(screen.getByText("sam@example.com no longer belongs to the business.")).toBeVisible();
  });

  it("stay when the service refuses to remove them", async () => {
    open({ [`DELETE /api/members/${SAM.id}`]: () => problem(403, "missing-scope", "You are no owner any more.") });
    await userEvent.click(await screen.findByRole("button", { name: "Remove sam@example.com" }));
    await userEvent.click(await screen.findByRole("button", { name: "Remove" }));
    expect((await rowOf("sam@example.com")).getByRole("alert")).toHaveTextContent("You are no owner any more.");
  });
});

describe("invitations", () => {
  it("go out with an address and a role", async () => {
    const invitations: Invitation[] = [];
    const service = open({
      "GET /api/invitations": () => invitations,
      "POST /api/invitations": () => {
        invitations.push(INVITED);
        return INVITED;
      },
    });
    expect(await screen.findByText("Nobody is invited at the moment.")).toBeVisible();
    await userEvent.click(screen.getByRole("button", { name: "Invite somebody" }));
    const dialog = within(await screen.findByRole("dialog"));
    await expectAccessible();
    await userEvent.type(dialog.getByLabelText("E-mail address"), " robin@example.com ");
    await userEvent.click(dialog.getByRole("radio", { name: /Viewer/ }));
    await userEvent.click(dialog.getByRole("button", { name: "Send the invitation" }));
    expect(await screen.findByText("The invitation is on its way to robin@example.com.")).toBeVisible();
    expect(asked(service, "POST")[0]?.body).toEqual({ email: "robin@example.com", role: "viewer" });
    expect((await rowOf("robin@example.com")).getByText("Viewer")).toBeVisible();
  });

  it.each([
    [
      "no address",
      problem(400, "invalid-body", "Mend it.", { errors: [{ field: "email", detail: "Give an address." }] }),
      "Give an address.",
    ],
    ["a member already", problem(409, "member-already", "Change their role instead."), "Change their role instead."],
  ])("say at the address what is wrong with it: %s", async (_what, refusal, words) => {
    open({ "POST /api/invitations": () => refusal.clone() });
    await userEvent.click(await screen.findByRole("button", { name: "Invite somebody" }));
    await userEvent.click(await screen.findByRole("button", { name: "Send the invitation" }));
    expect(await screen.findByRole("alert")).toHaveTextContent(words);
    expect(screen.getByLabelText("E-mail address")).toBeInvalid();
    await expectAccessible();
  });

  it("are taken back once that is confirmed", async () => {
    const service = open({
      "GET /api/invitations": [INVITED],
      [`DELETE /api/invitations/${INVITED.id}`]: new Response(null, { status: 204 }),
    });
    await userEvent.click(await screen.findByRole("button", { name: "Take back the invitation of robin@example.com" }));
    await userEvent.click(within(await screen.findByRole("dialog")).getByRole("button", { name: "Take back" }));
    expect(await screen.findByText("The invitation is taken back.")).toBeVisible();
    expect(asked(service, "DELETE")).toHaveLength(1);
  });

  it("are sent anew when they have run out", async () => {
    const over = { ...INVITED, expiresAt: "2026-01-01T00:00:00Z" };
    const service = open({ "GET /api/invitations": [over], "POST /api/invitations": INVITED });
    expect((await rowOf("robin@example.com")).getByText("Expired")).toBeVisible();
    await userEvent.click(screen.getByRole("button", { name: "Invite again: robin@example.com" }));
    await waitFor(() => expect(asked(service, "POST")[0]?.body).toEqual({ email: over.email, role: over.role }));
  });

  it("fail by themselves, beside members who are there", async () => {
    open({ "GET /api/invitations": () => problem(503, "unavailable", "Not now.") });
    expect(await screen.findByText("Not now.")).toBeVisible();
    expect(await screen.findByText("sam@example.com")).toBeVisible();
  });
});
