import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, describe, expect, it } from "vitest";

import { expectAccessible } from "../../../test/axe";
import { FUNNEL, KIM, leadId, playInbox, someLeads } from "../../../test/inbox";
import { giveLayout } from "../../../test/layout";
import { aLeadInFull } from "../../../test/lead";
import { problem } from "../../../test/service";
import { showAt } from "../../../test/show";

const VIEW = "0199b2c4-6f3a-7c31-8f52-3d7a9be01c77";
const names = () =>
  screen.queryAllByRole("link", { name: /Lead \d+$/ }).map((each) => each.textContent!.replace(/.*: /, ""));
const searchField = () => screen.findByRole("searchbox", { name: "Search name, phone, e-mail, text" });

function aView(change: Record<string, unknown> = {}) {
  return {
    id: VIEW,
    name: "Hot ones",
    filter: { status: "unread,read", priority: "urgent,high" },
    isShared: true,
    position: 0,
    createdAt: "2026-11-22T03:04:05.123Z",
    updatedAt: "2026-11-22T03:04:05.123Z",
    ...change,
  };
}

beforeEach(() => giveLayout());

describe("the page", () => {
  it("has the list as its one heading of the first level, and beside an open lead that lead", async () => {
    const leads = someLeads(1);
    playInbox({ leads, more: { [`GET /api/messages/${leadId(0)}`]: aLeadInFull({ ...leads[0]! }) } });
    showAt("/inbox");
    await screen.findByText("Lead 1");
    const headings = () => screen.getAllByRole("heading", { level: 1 }).map((each) => each.textContent);
    expect(headings()).toEqual([expect.stringContaining("Waiting")]);
    await userEvent.click(screen.getByRole("link", { name: /Lead 1$/ }));
    await screen.findByRole("article", { name: "Details" });
    expect(headings()).toEqual(["Lead 1"]);
    expect(screen.getByRole("heading", { level: 2, name: /Waiting/ })).toBeInTheDocument();
  });
});

describe("views", () => {
  it("are counted, and the one that is shown is marked", async () => {
    playInbox({
      leads: someLeads(5, (index) =>
        index === 0 ? { status: "read", dueAt: "2026-11-22T03:04:05.123Z" } : index === 4 ? { status: "archived" } : {},
      ),
    });
    showAt("/inbox?view=unread");
    const views = within(await screen.findByRole("list", { name: "Views" }));
    await waitFor(() =>
      expect(views.getAllByRole("link").map((each) => each.textContent!.trim())).toEqual([
        "Waiting4",
        "Unread3",
        "Mine",
        "Overdue1",
        "All",
        "Archived",
        "Quarantine",
      ]),
    );
    expect(views.getByRole("link", { current: "page" })).toHaveTextContent("Unread");
  });

  it("are chosen from a sheet where there is no room for a side bar", async () => {
    playInbox({ leads: someLeads(2, (index) => (index === 0 ? { status: "archived" } : {})) });
    const { router } = showAt("/inbox");
    await screen.findByText("Lead 2");
    await userEvent.click(screen.getByRole("button", { name: "Waiting" }));
    const sheet = await screen.findByRole("dialog", { name: "Views" });
    await expectAccessible(sheet);
    await userEvent.click(within(sheet).getByRole("link", { name: "Archived" }));
    await waitFor(() => expect(router.state.location.search).toEqual({ view: "archived" }));
    await waitFor(() => expect(screen.queryByRole("dialog")).not.toBeInTheDocument());
    expect(await screen.findByText("Lead 1")).toBeInTheDocument();
  });

  it("that are saved are shown as another program has kept them", async () => {
    const { asked } = playInbox({
      leads: someLeads(4, (index) => (index % 2 === 0 ? { priority: "urgent" } : {})),
      more: { "GET /api/views": { views: [aView()] } },
    });
    showAt(`/inbox?saved=${VIEW}`);
    await waitFor(() => expect(names()).toEqual(["Lead 1", "Lead 3"]));
    expect(screen.getByRole("list", { name: "Hot ones" })).toBeInTheDocument();
    const query = asked.find(({ path }) => path === "/api/messages")!.query;
    expect([query.getAll("status"), query.getAll("priority")]).toEqual([
      ["unread", "read"],
      ["urgent", "high"],
    ]);
  });

  it("are made of what is shown, for everybody where that is wanted", async () => {
    const { asked } = playInbox({
      leads: someLeads(3, () => ({ priority: "urgent" })),
      more: { "POST /api/views": Response.json(aView(), { status: 201 }), "GET /api/views": { views: [aView()] } },
    });
    const { router } = showAt("/inbox?priority=urgent&q=lead");
    await screen.findByText("Lead 1");
    await userEvent.click(screen.getByRole("button", { name: "Order, selection and views" }));
    await userEvent.click(await screen.findByRole("menuitem", { name: "Save as a view…" }));
    const dialog = await screen.findByRole("dialog", { name: "Save this view" });
    await expectAccessible(dialog);
    await userEvent.type(within(dialog).getByLabelText("Name"), "Hot ones");
    await userEvent.click(within(dialog).getByRole("checkbox", { name: "Everybody in the business sees it" }));
    await userEvent.click(within(dialog).getByRole("button", { name: "Save" }));
    await waitFor(() => expect(router.state.location.search).toEqual({ saved: VIEW }));
    expect(asked.find(({ method }) => method === "POST")!.body).toEqual({
      name: "Hot ones",
      filter: { status: ["unread", "read"], priority: ["urgent"], q: "lead" },
      isShared: true,
      position: 0,
    });
  });

  it("get another name, and what is set now if that is wanted", async () => {
    const { asked } = playInbox({
      leads: someLeads(3, () => ({ priority: "urgent" })),
      more: { "GET /api/views": { views: [aView()] }, [`PUT /api/views/${VIEW}`]: aView({ name: "Hottest" }) },
    });
    showAt(`/inbox?saved=${VIEW}&priority=urgent`);
    await screen.findByText("Lead 1");
    await userEvent.click(screen.getByRole("button", { name: "Order, selection and views" }));
    await userEvent.click(await screen.findByRole("menuitem", { name: "Change this view…" }));
    const name = await screen.findByLabelText("Name");
    await userEvent.clear(name);
    await userEvent.type(name, "Hottest");
    await userEvent.click(screen.getByRole("checkbox", { name: "Keep the search and filters that are set now" }));
    await userEvent.click(screen.getByRole("button", { name: "Save" }));
    expect(await screen.findByText("“Hottest” is saved.")).toBeInTheDocument();
    expect(asked.find(({ method }) => method === "PUT")!.body).toEqual({
      name: "Hottest",
      filter: { status: ["unread", "read"], priority: ["urgent"] },
      isShared: true,
      position: 0,
    });
  });

  it("are deleted when somebody is sure", async () => {
    const { asked } = playInbox({
      leads: someLeads(1, () => ({ priority: "urgent" })),
      more: {
        "GET /api/views": { views: [aView()] },
        [`DELETE /api/views/${VIEW}`]: new Response(null, { status: 204 }),
      },
    });
    const { router } = showAt(`/inbox?saved=${VIEW}`);
    await screen.findByText("Lead 1");
    await userEvent.click(screen.getByRole("button", { name: "Order, selection and views" }));
    await userEvent.click(await screen.findByRole("menuitem", { name: "Delete this view" }));
    const dialog = await screen.findByRole("dialog", { name: "Delete “Hot ones”?" });
    expect(dialog).toHaveTextContent("It goes for everybody in the business.");
    expect(asked.some(({ method }) => method === "DELETE")).toBe(false);
    await userEvent.click(within(dialog).getByRole("button", { name: "Delete this view" }));
    await waitFor(() => expect(router.state.location.search).toEqual({}));
  });

  it("of everybody are not for viewers to change", async () => {
    playInbox({
      leads: someLeads(1, () => ({ priority: "urgent" })),
      role: "viewer",
      more: { "GET /api/views": { views: [aView()] } },
    });
    showAt(`/inbox?saved=${VIEW}`);
    await screen.findByText("Lead 1");
    await userEvent.click(screen.getByRole("button", { name: "Order, selection and views" }));
    expect(await screen.findByRole("menuitem", { name: "Save as a view…" })).toBeInTheDocument();
    expect(screen.queryByRole("menuitem", { name: "Change this view…" })).not.toBeInTheDocument();
    expect(screen.queryByRole("menuitem", { name: "Delete this view" })).not.toBeInTheDocument();
    await userEvent.click(await screen.findByRole("menuitem", { name: "Save as a view…" }));
    await screen.findByRole("dialog", { name: "Save this view" });
    expect(screen.queryByRole("checkbox")).not.toBeInTheDocument();
  });

  it("that are gone say so, and that they could not be read", async () => {
    playInbox({ leads: someLeads(1) });
    const { unmount } = showAt(`/inbox?saved=${VIEW}`);
    expect(await screen.findByText("This view is gone")).toBeInTheDocument();
    await expectAccessible(screen.getByRole("main"));
    unmount();
    playInbox({ leads: someLeads(1), more: { "GET /api/views": problem(503, "unavailable", "Views rest.") } });
    showAt(`/inbox?saved=${VIEW}`);
    expect(await screen.findByText("Views rest.")).toBeInTheDocument();
  });
});

describe("the search", () => {
  it("is asked once somebody stops typing, and stands in the address without a step back for each letter", async () => {
    const { asked } = playInbox({ leads: someLeads(12) });
    const { router } = showAt("/inbox?view=all");
    await screen.findByText("Lead 1");
    const before = router.history.length;
    await userEvent.keyboard("/");
    const field = await searchField();
    await waitFor(() => expect(field).toHaveFocus());
    await userEvent.keyboard("lead 11");
    await waitFor(() => expect(names()).toEqual(["Lead 11"]));
    expect(await searchField()).toHaveValue("lead 11");
    expect(router.state.location.search).toEqual({ view: "all", q: "lead 11" });
    expect(asked.filter(({ query }) => query.has("q")).map(({ query }) => query.get("q"))).toEqual(["lead 11"]);
    expect(router.history.length).toBe(before);
  });

  it("keeps what is typed while an earlier word is looked for", async () => {
    playInbox({ leads: someLeads(12) });
    const { router } = showAt("/inbox");
    await screen.findByText("Lead 1");
    const field = await searchField();
    await userEvent.type(field, "lead");
    await waitFor(() => expect(router.state.location.search).toEqual({ q: "lead" }));
    await userEvent.type(field, " 12");
    expect(field).toHaveValue("lead 12");
    await waitFor(() => expect(router.state.location.search).toEqual({ q: "lead 12" }));
    await waitFor(() => expect(names()).toEqual(["Lead 12"]));
  });

  it("follows the address where that changes by other means", async () => {
    playInbox({ leads: someLeads(2) });
    const { router } = showAt("/inbox?q=lead");
    expect(await searchField()).toHaveValue("lead");
    await router.navigate({ to: "/inbox", search: { view: "all" } });
    await waitFor(async () => expect(await searchField()).toHaveValue(""));
  });

  it("that finds nothing offers to clear it", async () => {
    playInbox({ leads: someLeads(2) });
    const { router } = showAt("/inbox?q=nobody&priority=urgent");
    expect(await screen.findByText("Nothing matches")).toBeInTheDocument();
    await expectAccessible(screen.getByRole("main"));
    await userEvent.click(screen.getByRole("button", { name: "Clear search and filters" }));
    await waitFor(() => expect(router.state.location.search).toEqual({}));
    await waitFor(() => expect(names()).toEqual(["Lead 1", "Lead 2"]));
  });
});

describe("a search in one view", () => {
  it("that finds nothing there looks in all leads, at one press", async () => {
    const lead = { ...someLeads(1)[0]!, status: "acknowledged" as const };
    playInbox({ leads: [lead] });
    const { router } = showAt("/inbox?q=lead");
    await userEvent.click(await screen.findByRole("button", { name: "Search all leads" }));
    await waitFor(() => expect(router.state.location.search).toEqual({ view: "all", q: "lead" }));
    await waitFor(() => expect(names()).toEqual(["Lead 1"]));
  });

  it("offers no other leads where all were looked through", async () => {
    playInbox({ leads: someLeads(1) });
    showAt("/inbox?view=all&q=nobody");
    expect(await screen.findByText("Nothing matches")).toBeInTheDocument();
    expect(screen.queryByRole("button", { name: "Search all leads" })).not.toBeInTheDocument();
  });
});

describe("filters", () => {
  const open = async () => {
    await userEvent.click(await screen.findByRole("button", { name: /^Filters/ }));
    return screen.findByRole("dialog", { name: "Filters" });
  };

  it("stand in the address one by one", async () => {
    playInbox({ leads: someLeads(2) });
    const { router } = showAt("/inbox");
    await screen.findByText("Lead 1");
    const filters = within(await open());
    await userEvent.click(filters.getByRole("checkbox", { name: "Urgent" }));
    await userEvent.click(filters.getByRole("checkbox", { name: "High" }));
    await userEvent.selectOptions(
      filters.getByLabelText("Funnel"),
      await filters.findByRole("option", { name: "Roof check" }),
    );
    await userEvent.selectOptions(
      filters.getByLabelText("Assigned to"),
      await filters.findByRole("option", { name: "kim" }),
    );
    await userEvent.selectOptions(
      filters.getByLabelText("Tag"),
      await filters.findByRole("option", { name: "battery" }),
    );
    await userEvent.selectOptions(filters.getByLabelText("Notification"), "Failed");
    await userEvent.type(filters.getByLabelText("From"), "2026-11-20");
    await waitFor(() =>
      expect(router.state.location.search).toEqual({
        priority: ["urgent", "high"],
        funnel: FUNNEL,
        assignee: KIM,
        tag: ["battery"],
        delivery: "failed",
        from: new Date("2026-11-20T00:00").toISOString(),
      }),
    );
    await expectAccessible(screen.getByRole("dialog", { name: "Filters" }));
  });

  it("are taken away one by one, or all", async () => {
    playInbox({ leads: someLeads(2) });
    const { router } = showAt(`/inbox?priority=urgent&assignee=nobody&tag=battery`);
    const chips = await screen.findByRole("list", { name: "Filters set" });
    expect(
      within(chips)
        .getAllByRole("button")
        .map((each) => each.textContent),
    ).toEqual(["Urgent, take away", "Nobody’s, take away", "battery, take away", "Clear all"]);
    await userEvent.click(within(chips).getByRole("button", { name: /Nobody’s/ }));
    await waitFor(() => expect(router.state.location.search).toEqual({ priority: ["urgent"], tag: ["battery"] }));
    await userEvent.click(within(chips).getByRole("button", { name: "Clear all" }));
    await waitFor(() => expect(router.state.location.search).toEqual({}));
  });

  it("of a status look among all leads, since a view may be nothing but a status", async () => {
    playInbox({ leads: someLeads(3, (index) => (index === 2 ? { status: "archived" } : {})) });
    const { router } = showAt("/inbox");
    await screen.findByText("Lead 1");
    await userEvent.click(within(await open()).getByRole("checkbox", { name: "Archived" }));
    await waitFor(() => expect(router.state.location.search).toEqual({ view: "all", status: ["archived"] }));
    await waitFor(() => expect(names()).toEqual(["Lead 3"]));
  });

  it("that an address has wrong are left out", async () => {
    const { asked } = playInbox({ leads: someLeads(1) });
    showAt("/inbox?view=none&priority=huge&assignee=x&from=never&to=2026-02-31T00:00:00Z&sort=sideways");
    await screen.findByText("Lead 1");
    const { query } = asked.find(({ path }) => path === "/api/messages")!;
    expect(query.toString()).toBe("status=unread&status=read&sort=newest&limit=50");
  });
});

describe("the order", () => {
  it("is chosen, and is by the time left where all is overdue", async () => {
    const { asked } = playInbox({ leads: someLeads(2) });
    const { router } = showAt("/inbox");
    await screen.findByText("Lead 1");
    await userEvent.click(screen.getByRole("button", { name: "Order, selection and views" }));
    await userEvent.click(await screen.findByRole("menuitemcheckbox", { name: "Oldest first" }));
    await waitFor(() => expect(router.state.location.search).toEqual({ sort: "oldest" }));
    await router.navigate({ to: "/inbox", search: { view: "overdue" } });
    const sorts = () => asked.filter(({ path }) => path === "/api/messages").map(({ query }) => query.get("sort"));
    await waitFor(() => expect(sorts()).toEqual(["newest", "oldest", "time-left"]));
  });
});

describe("a list without leads", () => {
  const aLeadElsewhere = someLeads(1, () => ({ status: "responded" }));

  it.each([
    ["waiting", "Everyone has been answered"],
    ["unread", "Nothing unread"],
    ["mine", "Nothing of yours is waiting"],
    ["overdue", "Nothing is overdue"],
    ["archived", "Nothing is archived"],
    ["quarantine", "Nothing is held"],
  ])("says what that means: %s", async (view, words) => {
    playInbox({ leads: aLeadElsewhere });
    showAt(`/inbox?view=${view}`);
    expect(await screen.findByText(words)).toBeInTheDocument();
    await expectAccessible(screen.getByRole("main"));
  });

  it("of a saved view is no failure either", async () => {
    playInbox({ leads: aLeadElsewhere, more: { "GET /api/views": { views: [aView()] } } });
    showAt(`/inbox?saved=${VIEW}`);
    expect(await screen.findByText("This view is empty")).toBeInTheDocument();
  });
});

describe("beside the list", () => {
  it("stands the lead that is open, which keeps the search", async () => {
    const leads = someLeads(3);
    playInbox({ leads, more: { [`GET /api/messages/${leadId(1)}`]: aLeadInFull({ ...leads[1]! }) } });
    const { router } = showAt("/inbox?view=all&q=lead");
    await userEvent.click(await screen.findByRole("link", { name: /Lead 2$/ }));
    expect(await screen.findByRole("heading", { name: "Lead 2" })).toBeInTheDocument();
    expect(router.state.location.search).toEqual({ view: "all", q: "lead" });
    expect(screen.getByRole("link", { name: /Lead 2$/ })).toHaveAttribute("aria-current", "page");
  });
});
