import { screen, waitFor, within } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { describe, expect, it } from "vitest";

import type { Entry } from "@/features/audit/queries";
import { expectAccessible } from "../../../test/axe";
import { playService, problem } from "../../../test/service";
import { aSession, ME } from "../../../test/session";
import { showAt } from "../../../test/show";

const LEAD = "0199b2c4-6f3a-7c31-8f52-3d7a9be01c55";
const READ: Entry = {
  id: "4711",
  at: "2026-11-22T03:04:05.123Z",
  actorKind: "person",
  actorId: ME,
  actor: "kim@example.com",
  action: "readMessage",
  subject: LEAD,
  details: {},
};
const CHANGED: Entry = {
  ...READ,
  id: "4710",
  at: "2026-11-20T03:04:05.123Z",
  actorKind: "key",
  actorId: "6f0b2c9e-3d41-4a70-9b53-0c7e5a1d2f84",
  actor: "API key cbk_1f0c9d2e",
  action: "changeWebhookSubscription",
  details: { fields: ["drainPerMinute", "url"], outcome: { retried: 3 } },
};
const RETENTION: Entry = {
  ...CHANGED,
  id: "4709",
  actorKind: "service",
  actorId: null,
  actor: "retention",
  action: "delete-expired",
  subject: null,
  details: { messages: 12 },
};

function open(answers: Record<string, unknown> = {}, address = "/settings/audit") {
  const service = playService({
    "GET /api/session": aSession("owner"),
    "GET /api/members": [{ id: ME, email: "kim@example.com", role: "owner", createdAt: null }],
    "GET /api/audit": { items: [READ, CHANGED, RETENTION], next: null },
    ...answers,
  });
  return { ...service, ...showAt(address) };
}

const asked = ({ asked: all }: ReturnType<typeof open>) => all.filter((each) => each.path === "/api/audit");

describe("the audit trail", () => {
  it("says who did what, day by day", async () => {
    open();
    expect(await screen.findByRole("button", { name: /You opened a lead/ })).toBeVisible();
    expect(screen.getByRole("button", { name: /API key cbk_1f0c9d2e changed a webhook endpoint/ })).toHaveTextContent(
      "drain per minute",
    );
    expect(screen.getByRole("button", { name: /This service deleted leads whose time had come/ })).toBeVisible();
    expect(screen.getAllByRole("heading", { level: 2 })).toHaveLength(2);
    await expectAccessible(screen.getByRole("main"));
  });

  it("opens an entry with all that is known of it", async () => {
    open();
    const row = await screen.findByRole("button", { name: /changed a webhook endpoint/ });
    expect(row).toHaveAttribute("aria-expanded", "false");
    await userEvent.click(row);
    expect(row).toHaveAttribute("aria-expanded", "true");
    expect(screen.getByText("drainPerMinute, url")).toBeVisible();
    expect(screen.getByText("retried: 3")).toBeVisible();
    expect(screen.queryByRole("link", { name: "Open the lead" })).not.toBeInTheDocument();
    await expectAccessible(screen.getByRole("main"));
  });

  it("leads from an entry to its lead", async () => {
    open();
    await userEvent.click(await screen.findByRole("button", { name: /opened a lead/ }));
    expect(screen.getByRole("link", { name: "Open the lead" })).toHaveAttribute("href", `/inbox/${LEAD}`);
  });

  it("is narrowed by who, what and when, and keeps that in its address", async () => {
    const page = open();
    await userEvent.selectOptions(await screen.findByLabelText("What"), "deleted a note");
    await screen.findByRole("option", { name: "API key cbk_1f0c9d2e" });
    await userEvent.selectOptions(screen.getByLabelText("Who"), "API key cbk_1f0c9d2e");
    await userEvent.type(screen.getByLabelText("From"), "2026-11-01");
    await waitFor(() => expect(asked(page).at(-1)?.query.get("from")).toBe(new Date(2026, 10, 1).toISOString()));
    expect(asked(page).at(-1)?.query.get("action")).toBe("deleteNote");
    expect(asked(page).at(-1)?.query.get("actor")).toBe("API key cbk_1f0c9d2e");
    expect(page.router.state.location.search).toEqual({
      action: "deleteNote",
      actor: "API key cbk_1f0c9d2e",
      from: "2026-11-01",
    });
  });

  it("shows only what one did, from an entry of theirs", async () => {
    const page = open();
    await userEvent.click(await screen.findByRole("button", { name: /changed a webhook endpoint/ }));
    await userEvent.click(screen.getByRole("link", { name: "Only what they did" }));
    await waitFor(() => expect(asked(page).at(-1)?.query.get("actor")).toBe(CHANGED.actor));
  });

  it("goes on with older entries", async () => {
    const page = open({
      "GET /api/audit": (request: Request) =>
        request.url.includes("cursor=older") ? { items: [RETENTION], next: null } : { items: [READ], next: "older" },
    });
    await userEvent.click(await screen.findByRole("button", { name: "Show older ones" }));
    expect(await screen.findByText("This service")).toBeVisible();
    expect(screen.getByText("You")).toBeVisible();
    expect(screen.queryByRole("button", { name: "Show older ones" })).not.toBeInTheDocument();
    expect(asked(page)).toHaveLength(2);
  });

  it("says when nothing fits, and lets go of the filters", async () => {
    const page = open(
      {
        "GET /api/audit": (request: Request) => ({ items: request.url.includes("action=") ? [] : [READ], next: null }),
      },
      "/settings/audit?action=eraseContact",
    );
    expect(await screen.findByText("No entry found")).toBeVisible();
    await expectAccessible(screen.getByRole("main"));
    await userEvent.click(screen.getByRole("button", { name: "Clear the filters" }));
    expect(await screen.findByText("You")).toBeVisible();
    expect(page.router.state.location.search).toEqual({});
  });

  it("says what will stand in it while there is nothing", async () => {
    open({ "GET /api/audit": { items: [], next: null } });
    expect(await screen.findByText("Nothing has been done yet")).toBeVisible();
    await expectAccessible(screen.getByRole("main"));
  });

  it("says while it is loaded that it is", async () => {
    open({ "GET /api/audit": () => new Promise(() => undefined) });
    expect(await screen.findByText("Loading…")).toBeInTheDocument();
    await expectAccessible(screen.getByRole("main"));
  });

  it("is asked for again after a failure", async () => {
    let tries = 0;
    open({
      "GET /api/audit": () => (++tries === 1 ? problem(503, "unavailable", "Not now.") : { items: [READ], next: null }),
    });
    const alert = await screen.findByRole("alert");
    expect(within(alert).getByText("Not now.")).toBeVisible();
    await expectAccessible(screen.getByRole("main"));
    await userEvent.click(screen.getByRole("button", { name: "Try again" }));
    expect(await screen.findByText("You")).toBeVisible();
  });

  it("is for owners, and not even asked for by others", async () => {
    const page = open({ "GET /api/session": aSession("viewer") });
    expect(await screen.findByText("For owners")).toBeVisible();
    expect(asked(page)).toHaveLength(0);
  });
});
