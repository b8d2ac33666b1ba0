import { act, fireEvent, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, describe, expect, it } from "vitest";

import { applyLead } from "@/leads/cache";
import type { Lead } from "@/leads/lead";
import { setAdvance } from "@/leads/advance";
import { expectAccessible } from "../../../test/axe";
import { leadId, ME, playInbox, someLeads } from "../../../test/inbox";
import { giveLayout, scrollTo } from "../../../test/layout";
import { aLead, aLeadInFull } from "../../../test/lead";
import { problem } from "../../../test/service";
import { showAt } from "../../../test/show";

const list = () => screen.findByRole("list", { name: "Waiting" });
const rows = async () => within(await list()).getAllByRole("listitem");
const row = (name: string) => screen.findByRole("link", { name: new RegExp(`${name}$`) });
const scroller = async () => (await list()).parentElement!;

const inFull = (lead: Lead) => ({ [`GET /api/messages/${lead.id}`]: aLeadInFull({ ...lead }) });

beforeEach(() => giveLayout());

describe("the list", () => {
  it("says that leads are loaded while they are", async () => {
    playInbox({ more: { "GET /api/messages": () => new Promise(() => undefined) } });
    showAt("/inbox");
    expect(await screen.findByText("Loading leads…")).toBeInTheDocument();
    await expectAccessible(screen.getByRole("main"));
  });

  it("tells the service's own words where it fails, and tries again", async () => {
    let isWell = false;
    const [lead] = someLeads(1);
    playInbox({
      leads: [lead!],
      more: {
        "GET /api/messages": () =>
          isWell
            ? { items: [lead], next: null }
            : problem(400, "invalid", "The database rests. Come back in a minute."),
      },
    });
    showAt("/inbox");
    expect(await screen.findByText("The database rests. Come back in a minute.")).toBeInTheDocument();
    await expectAccessible(screen.getByRole("main"));
    isWell = true;
    await userEvent.click(screen.getByRole("button", { name: "Try again" }));
    expect(await row("Lead 1")).toBeInTheDocument();
  });

  it("shows who waits, what they want, how to reach them and how long there is", async () => {
    const lead = aLead({
      subject: "Battery storage",
      priority: "urgent",
      tags: ["battery", "heritage", "shade"],
      assignedTo: ME,
      emailStatus: "failed",
      dueAt: new Date(Date.now() - 3.5 * 60_000).toISOString(),
    });
    playInbox({ leads: [lead] });
    showAt("/inbox");
    const item = within((await rows())[0]!);
    expect(item.getByRole("link", { name: "Unread: Ada Lovelace" })).toBeInTheDocument();
    expect(item.getByText("Battery storage · After five, please.")).toBeInTheDocument();
    expect(item.getByText("+61 491 570 006")).toBeInTheDocument();
    expect(item.getByText(lead.reference)).toHaveAttribute("title", "Reference");
    expect(item.getByText(/3 min overdue/)).toBeInTheDocument();
    expect(item.getByText("Urgent")).toBeInTheDocument();
    expect(item.getByText("E-mail failed")).toBeInTheDocument();
    expect(await item.findByText("You")).toBeInTheDocument();
    expect(item.getByText("+1")).toHaveAttribute("title", "shade");
    await expectAccessible(screen.getByRole("main"));
  });

  it("says of a number that nothing can dial that it looks wrong", async () => {
    playInbox({ leads: [aLead({ contactPhone: "abc", contactPhoneE164: null })] });
    showAt("/inbox");
    const item = within((await rows())[0]!);
    expect(item.getByText("Number looks wrong")).toBeInTheDocument();
    expect(item.getByText("abc")).toBeInTheDocument();
  });

  it("keeps a few rows of thousands, whatever is scrolled to, and asks for the next page before the end", async () => {
    const { asked } = playInbox({ leads: someLeads(1_000) });
    showAt("/inbox");
    expect((await rows()).length).toBeLessThan(30);
    const pages = () =>
      asked
        .filter(({ path }) => path === "/api/messages")
        .map(({ query }) => `${query.get("cursor")}/${query.get("limit")}`);
    const element = await scroller();
    expect(pages()).toEqual(["null/50"]);
    act(() => scrollTo(element, 3 * 92));
    await waitFor(() => expect(pages()).toEqual(["null/50", "50/200"]));
    act(() => scrollTo(element, 215 * 92));
    await waitFor(() => expect(pages()).toEqual(["null/50", "50/200", "250/200"]));
    expect(await row("Lead 216")).toBeInTheDocument();
    expect((await rows()).length).toBeLessThan(40);
  });

  it("says at which place of how many a row stands once that is known", async () => {
    playInbox({ leads: someLeads(3) });
    showAt("/inbox");
    const places = (await rows()).map((each) => [
      each.ariaPosInSet ?? each.getAttribute("aria-posinset"),
      each.getAttribute("aria-setsize"),
    ]);
    expect(places).toEqual([
      ["1", "3"],
      ["2", "3"],
      ["3", "3"],
    ]);
  });

  it("leaves what is read where it is when leads come in, and tells how many", async () => {
    playInbox({ leads: someLeads(200) });
    const { client } = showAt("/inbox");
    await row("Lead 1");
    const element = await scroller();
    act(() => scrollTo(element, 30 * 92));
    await screen.findByText("Lead 51");
    act(() => scrollTo(element, 100 * 92));
    await row("Lead 101");
    const fresh = (name: string, second: number) =>
      aLead({ id: name, contactName: name, createdAt: `2026-11-23T03:00:0${second}.000Z` });
    act(() => applyLead(client, fresh("Newer", 1)));
    act(() => applyLead(client, fresh("Newest", 2)));
    await waitFor(() => expect(element.scrollTop).toBe(102 * 92));
    await userEvent.click(await screen.findByRole("button", { name: "2 new leads" }));
    expect(element.scrollTop).toBe(0);
    expect(await row("Newest")).toBeInTheDocument();
    expect(screen.queryByRole("button", { name: "2 new leads" })).not.toBeInTheDocument();
  });

  it("leaves what is read where it is when something above is put away", async () => {
    const leads = someLeads(200);
    playInbox({ leads });
    const { client } = showAt("/inbox");
    await row("Lead 1");
    const element = await scroller();
    act(() => scrollTo(element, 20 * 92));
    await row("Lead 21");
    act(() => applyLead(client, { ...leads[3]!, status: "archived", revision: 2 }));
    await waitFor(() => expect(element.scrollTop).toBe(19 * 92));
    expect(screen.queryByText(/new lead/)).not.toBeInTheDocument();
  });

  it("shows what comes in at once to who is at the top", async () => {
    playInbox({ leads: someLeads(20) });
    const { client } = showAt("/inbox");
    await row("Lead 1");
    act(() => applyLead(client, aLead({ id: "new", contactName: "Newest", createdAt: "2026-11-23T03:00:00.000Z" })));
    await waitFor(async () => expect((await rows())[0]).toHaveTextContent("Newest"));
    expect(screen.queryByText(/new lead/)).not.toBeInTheDocument();
  });
});

describe("with keys, the list", () => {
  it("is walked through, opened and left", async () => {
    const leads = someLeads(60);
    playInbox({ leads, more: { ...inFull(leads[1]!), ...inFull(leads[2]!) } });
    const { router } = showAt("/inbox");
    await row("Lead 1");
    await userEvent.keyboard("jj");
    await waitFor(async () => expect(await row("Lead 2")).toHaveFocus());
    await userEvent.keyboard("k");
    await waitFor(async () => expect(await row("Lead 1")).toHaveFocus());
    await userEvent.keyboard("{End}");
    await waitFor(() => expect(document.activeElement).toHaveAccessibleName(/Lead (50|60)$/));
    await userEvent.keyboard("{Home}");
    await waitFor(async () => expect(await row("Lead 1")).toHaveFocus());
    await userEvent.keyboard("{ArrowDown}");
    await waitFor(async () => expect(await row("Lead 2")).toHaveFocus());
    await userEvent.keyboard("{Enter}");
    await waitFor(() => expect(router.state.location.pathname).toBe(`/inbox/${leadId(1)}`));
    await screen.findByRole("heading", { name: "Lead 2" });
    await userEvent.keyboard("j");
    await waitFor(() => expect(router.state.location.pathname).toBe(`/inbox/${leadId(2)}`));
    act(() => router.history.back());
    await waitFor(() => expect(router.state.location.pathname).toBe("/inbox"));
    await waitFor(async () => expect(await row("Lead 3")).toHaveFocus());
  });

  it("has the focus on the next row before the next key", async () => {
    playInbox({ leads: someLeads(60) });
    showAt("/inbox");
    const first = await row("Lead 1");
    fireEvent.keyDown(document.body, { key: "j" });
    await waitFor(() => expect(first).toHaveFocus());
    fireEvent.keyDown(first, { key: "j" });
    expect(document.activeElement).toHaveAccessibleName(/Lead 2$/);
  });

  it("has one row in the order of tabs, with its own controls", async () => {
    playInbox({ leads: someLeads(5) });
    showAt("/inbox");
    await row("Lead 1");
    await userEvent.keyboard("jj");
    await waitFor(async () => expect(await row("Lead 2")).toHaveFocus());
    const tabbable = (await list()).querySelectorAll("[tabindex='0']");
    expect([...tabbable].map((each) => each.getAttribute("aria-label") ?? each.textContent)).toEqual([
      "Select Lead 2",
      "Unread: Lead 2",
      "Actions for Lead 2",
    ]);
  });

  it("acknowledges and archives where nothing is open, and goes on with the next one", async () => {
    const leads = someLeads(5);
    const { asked } = playInbox({
      leads,
      more: {
        [`POST /api/messages/${leadId(0)}/archive`]: aLeadInFull({ ...leads[0]!, status: "archived", revision: 2 }),
        [`POST /api/messages/${leadId(1)}/acknowledge`]: aLeadInFull({
          ...leads[1]!,
          status: "acknowledged",
          revision: 2,
        }),
      },
    });
    showAt("/inbox");
    await row("Lead 1");
    await userEvent.keyboard("j");
    await waitFor(async () => expect(await row("Lead 1")).toHaveFocus());
    await userEvent.keyboard("e");
    await waitFor(async () => expect(await row("Lead 2")).toHaveFocus());
    expect(screen.queryByRole("link", { name: /Lead 1$/ })).not.toBeInTheDocument();
    await userEvent.keyboard("a");
    await waitFor(async () => expect(await row("Lead 3")).toHaveFocus());
    expect(asked.filter(({ method }) => method === "POST").map(({ path }) => path.split("/").at(-1))).toEqual([
      "archive",
      "acknowledge",
    ]);
  });
});

describe("an open lead that leaves the list", () => {
  afterEach(() => setAdvance(true));

  it("leaves its place to the keys where it stays open: the next is the one after it, and the focus stands there", async () => {
    setAdvance(false);
    const leads = someLeads(5);
    playInbox({
      leads,
      more: {
        ...inFull({ ...leads[2]!, status: "read" }),
        ...inFull({ ...leads[3]!, status: "read" }),
        [`POST /api/messages/${leadId(2)}/archive`]: aLeadInFull({ ...leads[2]!, status: "archived", revision: 2 }),
      },
    });
    const { router } = showAt("/inbox");
    await row("Lead 1");
    await userEvent.keyboard("jjj{Enter}");
    await waitFor(() => expect(router.state.location.pathname).toBe(`/inbox/${leadId(2)}`));
    await screen.findByRole("article", { name: "Details" });
    (await row("Lead 3")).focus();
    await userEvent.keyboard("e");
    await waitFor(async () => expect(await row("Lead 4")).toHaveFocus());
    await userEvent.keyboard("j");
    await waitFor(() => expect(router.state.location.pathname).toBe(`/inbox/${leadId(3)}`));
  });
});

describe("a list or a lead that does not come", () => {
  it("says what is wrong while it is tried again, and shows itself once it is there", async () => {
    let isWell = false;
    const [lead] = someLeads(1);
    playInbox({
      leads: [lead!],
      more: {
        "GET /api/messages": () =>
          isWell ? { items: [lead], next: null } : problem(503, "unavailable", "The service starts. Wait a moment."),
      },
    });
    showAt("/inbox");
    expect(await screen.findByText("The service starts. Wait a moment.", {}, { timeout: 3_000 })).toBeInTheDocument();
    isWell = true;
    expect(await row("Lead 1")).toBeInTheDocument();
  });

  it("names an archived lead among others", async () => {
    playInbox({ leads: [{ ...someLeads(1)[0]!, status: "archived" }] });
    showAt("/inbox?view=all");
    expect(await within(await screen.findByRole("list", { name: "All" })).findByText("Archived")).toBeInTheDocument();
  });
});

describe("a row's menu", () => {
  it("does what is done most, at once, and takes it back where the service says no", async () => {
    const leads = someLeads(2);
    playInbox({
      leads,
      more: { [`POST /api/messages/${leadId(0)}/archive`]: problem(503, "unavailable", "Later, please.") },
    });
    showAt("/inbox");
    await userEvent.click(await screen.findByRole("button", { name: "Actions for Lead 1" }));
    expect((await screen.findAllByRole("menuitem")).map((each) => each.textContent?.trim())).toEqual([
      "Acknowledge",
      "Mark as read",
      "Assign to me",
      "Archive",
    ]);
    await expectAccessible(screen.getByRole("menu"));
    await userEvent.click(await screen.findByRole("menuitem", { name: "Archive" }));
    expect(await screen.findByText("Later, please.")).toBeInTheDocument();
    expect(await row("Lead 1")).toBeInTheDocument();
  });

  it("is not there for those who only look", async () => {
    playInbox({ leads: someLeads(2), role: "viewer" });
    showAt("/inbox");
    await row("Lead 1");
    expect(screen.queryByRole("button", { name: /Actions for/ })).not.toBeInTheDocument();
    expect(screen.queryByRole("checkbox")).not.toBeInTheDocument();
    await userEvent.keyboard("jx");
    expect(screen.queryByText(/selected/)).not.toBeInTheDocument();
  });
});

describe("quarantine", () => {
  const held = { quarantinedAt: "2026-11-22T03:04:05Z", quarantineReason: "too fast" };
  const view = () => screen.findByRole("list", { name: "Quarantine" });

  it("says why each is held, and lets it out or throws it away, which it asks about", async () => {
    const leads = someLeads(2, () => held);
    const { asked } = playInbox({
      leads,
      more: {
        [`POST /api/messages/${leadId(0)}/release`]: aLeadInFull({ ...leads[0]!, quarantinedAt: null, revision: 2 }),
        [`POST /api/messages/${leadId(1)}/discard`]: aLeadInFull({
          ...leads[1]!,
          quarantinedAt: null,
          status: "archived",
          revision: 2,
        }),
      },
    });
    showAt("/inbox?view=quarantine");
    expect(within(await view()).getAllByText("Sent too fast")).toHaveLength(2);
    await expectAccessible(screen.getByRole("main"));
    await userEvent.click(screen.getByRole("button", { name: "Release Lead 1: a real lead" }));
    await waitFor(() => expect(screen.queryByRole("link", { name: /Lead 1$/ })).not.toBeInTheDocument());
    await userEvent.click(screen.getByRole("button", { name: "Discard Lead 2: spam" }));
    expect(asked.some(({ path }) => path.endsWith("/discard"))).toBe(false);
    const dialog = await screen.findByRole("dialog", { name: "Discard Lead 2?" });
    await expectAccessible(dialog);
    await userEvent.click(within(dialog).getByRole("button", { name: "Discard it" }));
    expect(await screen.findByText("Discarded as spam.")).toBeInTheDocument();
    expect(asked.some(({ path }) => path.endsWith("/discard"))).toBe(true);
  });

  it("lets many out at once, and throws many away once it was asked about", async () => {
    const { asked } = playInbox({
      leads: someLeads(3, () => held),
      more: { "POST /api/messages/bulk": () => ({ done: 2, unchanged: 0, failed: [] }) },
    });
    const sent = () => asked.filter(({ path }) => path === "/api/messages/bulk").map(({ body }) => body);
    showAt("/inbox?view=quarantine");
    await view();
    await userEvent.click(screen.getByRole("checkbox", { name: "Select Lead 1" }));
    await userEvent.click(screen.getByRole("checkbox", { name: "Select Lead 2" }));
    const bar = await screen.findByRole("group", { name: "Selected leads" });
    expect(within(bar).queryByRole("button", { name: "Archive" })).not.toBeInTheDocument();
    await expectAccessible(screen.getByRole("main"));
    await userEvent.click(within(bar).getByRole("button", { name: "Release" }));
    await waitFor(() => expect(sent()).toEqual([{ action: "release", ids: [leadId(0), leadId(1)] }]));
    expect(await screen.findByText("2 leads released: the business is being told.")).toBeInTheDocument();

    await userEvent.click(await screen.findByRole("checkbox", { name: "Select Lead 3" }));
    const again = await screen.findByRole("group", { name: "Selected leads" });
    await userEvent.click(within(again).getByRole("button", { name: "Discard" }));
    expect(sent()).toHaveLength(1);
    const dialog = await screen.findByRole("dialog", { name: "Discard 1 lead?" });
    await userEvent.click(within(dialog).getByRole("button", { name: "Discard" }));
    await waitFor(() => expect(sent().at(-1)).toEqual({ action: "discard", ids: [leadId(2)] }));
  });
});
