import { fireEvent, screen, waitFor, within } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { beforeEach, describe, expect, it } from "vitest";

import { callAgainAt } from "@/features/lead/call-again";
import { setAdvance } from "@/leads/advance";
import { expectAccessible } from "../../../test/axe";
import { KIM, ME } from "../../../test/inbox";
import { aLeadInFull } from "../../../test/lead";
import { openLead } from "../../../test/open-lead";
import { problem } from "../../../test/service";

const UNANSWERED = { [`POST /api/messages/${aLeadInFull().id}/acknowledge`]: () => new Promise(() => undefined) };

beforeEach(() => setAdvance(false));

const article = () => screen.findByRole("article", { name: "Details" });

describe("a lead", () => {
  it("says who wants what, and is one tap from a call", async () => {
    openLead({ contactEmail: "ada@example.com", seenAgain: 2 });
    const lead = within(await article());
    expect(lead.getByRole("heading", { name: "Ada Lovelace", level: 1 })).toBeVisible();
    expect(lead.getAllByText("After five, please.")[0]).toBeVisible();
    expect(lead.getByText("The same form was sent 2 times more.")).toBeVisible();
    expect(lead.getAllByRole("link", { name: "Call" })[0]).toHaveAttribute("href", "tel:+61491570006");
    expect(lead.getByRole("button", { name: "SMS" })).toBeVisible();
    expect(lead.getByText("F6KG-CJA9")).toBeVisible();
    await lead.findByText("The lead came in.");
    await expectAccessible(screen.getByRole("main"));
  });

  it("whose number was not understood shows what was typed, and dials nothing", async () => {
    openLead({ contactPhone: "5550 1234 after 17:30", contactPhoneE164: null, contactEmail: "a?bcc=b@example.com" });
    const lead = within(await article());
    expect(lead.getAllByText("5550 1234 after 17:30")[0]).toBeVisible();
    expect(lead.getByText("Number looks wrong")).toBeVisible();
    for (const link of lead.getAllByRole("link")) {
      expect(link.getAttribute("href")).not.toMatch(/^(tel|sms):|\?bcc/);
    }
    expect(lead.getByRole("link", { name: "a?bcc=b@example.com" })).toHaveAttribute(
      "href",
      "mailto:a%3Fbcc%3Db@example.com",
    );
    await expectAccessible(screen.getByRole("main"));
  });

  it("that is looked at is read", async () => {
    const { sent } = openLead({ status: "unread" });
    await waitFor(() => expect(sent("POST", "/read")).toHaveLength(1), { timeout: 5_000 });
  });

  it("is acknowledged with a, archived with e, and shows both at once", async () => {
    const { sent } = openLead();
    const lead = within(await article());
    await userEvent.keyboard("a");
    expect(await lead.findByText(/^Acknowledged/)).toBeVisible();
    await userEvent.keyboard("e");
    expect(await lead.findByText("Archived")).toBeVisible();
    expect(sent("POST", "/acknowledge")).toHaveLength(1);
    expect(sent("POST", "/archive")).toHaveLength(1);
    expect(lead.queryByRole("button", { name: "Acknowledge" })).not.toBeInTheDocument();
  });

  it("that nobody has shows the person who acknowledges it before the service has answered", async () => {
    openLead({}, { more: UNANSWERED });
    const lead = within(await article());
    expect(await lead.findByRole("combobox", { name: "Assigned to" })).toHaveValue("");
    await userEvent.keyboard("a");
    await waitFor(() => expect(lead.getByRole("combobox", { name: "Assigned to" })).toHaveValue(ME));
  });

  it("that is acknowledged stays with its assignee", async () => {
    openLead({ assignedTo: KIM }, { more: UNANSWERED });
    const lead = within(await article());
    await userEvent.keyboard("a");
    expect(await lead.findByText(/^Acknowledged/)).toBeVisible();
    expect(lead.getByRole("combobox", { name: "Assigned to" })).toHaveValue(KIM);
  });

  it("without a number offers the e-mail in words, on a phone too", async () => {
    openLead({ contactPhone: null, contactPhoneE164: null, contactEmail: "ada@example.com" });
    const lead = within(await article());
    for (const button of lead.getAllByRole("button", { name: "E-mail to ada@example.com" })) {
      expect(within(button).getByText("E-mail")).not.toHaveClass("max-[26rem]:sr-only");
    }
  });

  it("is taken with i, unread again with u, and left with Escape", async () => {
    const { sent, router, path } = openLead(
      {},
      { more: { "POST /api/messages/0199b2c4-6f3a-7c31-8f52-3d7a9be01c55/unread": {} } },
    );
    await article();
    await userEvent.keyboard("i");
    await waitFor(() => expect(sent("PUT", "/assignee").map(({ body }) => body)).toEqual([{ memberId: ME }]));
    await userEvent.keyboard("u");
    await waitFor(() => expect(sent("POST", "/unread")).toHaveLength(1));
    expect(router.state.location.pathname).toBe(`/inbox/${path.split("/").at(-1)}`);
    await userEvent.keyboard("{Escape}");
    await waitFor(() => expect(router.state.location.pathname).toBe("/inbox"));
  });

  it("is taken out of the archive again with one press", async () => {
    const { sent } = openLead(
      {},
      {
        more: {
          "POST /api/messages/0199b2c4-6f3a-7c31-8f52-3d7a9be01c55/undo": { done: 1, failed: [] },
        },
      },
    );
    await article();
    await userEvent.keyboard("e");
    await waitFor(() => expect(sent("POST", "/archive")).toHaveLength(1));
    await userEvent.setup({ pointerEventsCheck: 0 }).click(await screen.findByRole("button", { name: "Undo" }));
    await waitFor(() => expect(sent("POST", "/undo")).toHaveLength(1));
  });

  it("tells the second one who was first", async () => {
    const { path } = openLead(
      {},
      {
        more: {
          "POST /api/messages/0199b2c4-6f3a-7c31-8f52-3d7a9be01c55/acknowledge": () =>
            problem(409, "already-acknowledged", "kim@example.com acknowledged it 4 seconds ago."),
        },
      },
    );
    expect(path).toContain("0199b2c4-6f3a-7c31-8f52-3d7a9be01c55");
    await article();
    await userEvent.click(screen.getAllByRole("button", { name: "Acknowledge" })[0]!);
    expect(await screen.findByText("kim@example.com acknowledged it 4 seconds ago.")).toBeVisible();
    expect(screen.getAllByRole("button", { name: "Acknowledge" })[0]).toBeVisible();
  });

  it("is only looked at by viewers", async () => {
    const { sent } = openLead({ status: "unread" }, { role: "viewer" });
    const lead = within(await article());
    expect(
      lead.queryByRole("button", { name: /Acknowledge|Archive|Reply|More actions|Take it/ }),
    ).not.toBeInTheDocument();
    expect(lead.getByRole("combobox", { name: "Priority" })).toBeDisabled();
    await userEvent.keyboard("ae");
    expect(sent("POST", "/acknowledge")).toHaveLength(0);
    expect(sent("POST", "/read")).toHaveLength(0);
  });

  it("says while it is loaded that it is, and why it cannot be", async () => {
    let isThere = false;
    openLead(
      {},
      {
        more: {
          "GET /api/messages/0199b2c4-6f3a-7c31-8f52-3d7a9be01c55": async () =>
            isThere ? undefined : problem(503, "unavailable", "Not now."),
        },
      },
    );
    expect(await screen.findByText("Loading the lead…")).toBeInTheDocument();
    expect(await screen.findByText("Not now.")).toBeVisible();
    isThere = true;
    await userEvent.click(screen.getByRole("button", { name: "Try again" }));
    expect(await screen.findByRole("heading", { name: "This lead is not here any more" })).toBeVisible();
    await expectAccessible(screen.getByRole("main"));
  });
});

describe("after a call", () => {
  async function ask() {
    await article();
    await userEvent.keyboard("c");
    return within(await screen.findByRole("dialog", { name: "How did the call go?" }));
  }

  it("somebody says that they reached the lead, with a note", async () => {
    const { sent } = openLead({ status: "acknowledged" });
    const dialog = await ask();
    expect(dialog.getByRole("button", { name: "Save" })).toBeDisabled();
    await userEvent.click(dialog.getByRole("radio", { name: /Reached/ }));
    await userEvent.type(dialog.getByRole("textbox", { name: /Note/ }), "Wants a quote.");
    await expectAccessible(screen.getByRole("dialog"));
    await userEvent.click(dialog.getByRole("button", { name: "Save" }));
    await waitFor(() =>
      expect(sent("POST", "/call-outcome")[0]?.body).toEqual({ outcome: "reached", note: "Wants a quote." }),
    );
  });

  it("nobody answered, and the lead comes back when it is time", async () => {
    const { sent } = openLead({ status: "acknowledged" });
    const dialog = await ask();
    const before = Date.now();
    await userEvent.click(dialog.getByRole("radio", { name: /No answer/ }));
    await userEvent.selectOptions(dialog.getByRole("combobox", { name: "Call again" }), "in half an hour");
    await userEvent.click(dialog.getByRole("button", { name: "Save" }));
    await waitFor(() => expect(sent("POST", "/call-outcome")).toHaveLength(1));
    const body = sent("POST", "/call-outcome")[0]!.body as { outcome: string; callAgainAt: string };
    expect(body.outcome).toBe("no_answer");
    const wait = Date.parse(body.callAgainAt) - before;
    expect(wait).toBeGreaterThanOrEqual(30 * 60_000);
    expect(wait).toBeLessThan(31 * 60_000);
  });

  it("comes back at nine tomorrow, or when it was said", () => {
    const now = new Date(2026, 10, 30, 17, 45);
    expect(callAgainAt("tomorrow", "", now)).toBe(new Date(2026, 11, 1, 9).toISOString());
    expect(callAgainAt("120", "", now)).toBe(new Date(2026, 10, 30, 19, 45).toISOString());
    expect(callAgainAt("pick", "2026-12-02T08:30", now)).toBe(new Date(2026, 11, 2, 8, 30).toISOString());
    expect(callAgainAt("pick", "", now)).toBeUndefined();
  });

  it("is asked for when somebody comes back from the phone", async () => {
    openLead();
    const lead = within(await article());
    document.hasFocus = () => true;
    const call = lead.getAllByRole("link", { name: "Call" }).at(-1)!;
    call.addEventListener("click", (event) => event.preventDefault());
    fireEvent.click(call);
    fireEvent.focus(window);
    expect(await screen.findByRole("dialog", { name: "How did the call go?" })).toBeVisible();
  });
});

describe("a lead that is held", () => {
  const held = { quarantinedAt: "2026-11-22T03:04:05Z", quarantineReason: "honeypot", status: "unread" } as const;

  it("says why, and is let out", async () => {
    const { sent } = openLead(held, {
      more: {
        "POST /api/messages/0199b2c4-6f3a-7c31-8f52-3d7a9be01c55/release": {
          id: "0199b2c4-6f3a-7c31-8f52-3d7a9be01c55",
          status: "unread",
          quarantinedAt: null,
        },
      },
    });
    const lead = within(await article());
    expect(lead.getByText(/A field that people do not see was filled in/)).toBeVisible();
    expect(lead.queryByRole("button", { name: "Acknowledge" })).not.toBeInTheDocument();
    await expectAccessible(screen.getByRole("main"));
    await userEvent.click(lead.getByRole("button", { name: "Release: a real lead" }));
    await waitFor(() => expect(sent("POST", "/release")).toHaveLength(1));
  });

  it("is discarded only once that is confirmed", async () => {
    const { sent } = openLead(held, {
      more: { "POST /api/messages/0199b2c4-6f3a-7c31-8f52-3d7a9be01c55/discard": { status: "archived" } },
    });
    await article();
    await userEvent.click(screen.getByRole("button", { name: "Discard: spam" }));
    const dialog = within(await screen.findByRole("dialog", { name: "Discard this lead?" }));
    expect(sent("POST", "/discard")).toHaveLength(0);
    await userEvent.click(dialog.getByRole("button", { name: "Discard it" }));
    await waitFor(() => expect(sent("POST", "/discard")).toHaveLength(1));
  });
});
