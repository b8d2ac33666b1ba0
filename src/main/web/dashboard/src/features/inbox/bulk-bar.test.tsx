import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, describe, expect, it } from "vitest";

import { useNotices } from "@/lib/notify";
import { expectAccessible } from "../../../test/axe";
import { KIM, leadId, playInbox, someLeads } from "../../../test/inbox";
import { giveLayout } from "../../../test/layout";
import { problem } from "../../../test/service";
import { showAt } from "../../../test/show";

const choose = async (name: string) => userEvent.click(await screen.findByRole("checkbox", { name: `Select ${name}` }));
const bar = () => screen.findByRole("group", { name: "Selected leads" });
const press = async (name: string) => userEvent.click(within(await bar()).getByRole("button", { name }));
const said = () => useNotices.getState().notices.map((each) => each.title);
const isShown = (name: string) => screen.queryByRole("link", { name: new RegExp(`${name}$`) }) !== null;
const UNDO = "5b0f6a52-7f0a-4b0e-9c35-1f7f7f6f2d10";
const done = (count: number, more = {}) => ({ done: count, unchanged: 0, undoId: UNDO, failed: [], ...more });

function bulkOf({ asked }: ReturnType<typeof playInbox>) {
  return asked.filter(({ path }) => path === "/api/messages/bulk").map(({ body }) => body);
}

beforeEach(() => {
  giveLayout();
  useNotices.setState({ notices: [] });
});

describe("leads are selected", () => {
  it("one by one, with shift all between, and not any more with Escape", async () => {
    playInbox({ leads: someLeads(6) });
    showAt("/inbox");
    await choose("Lead 2");
    const user = userEvent.setup();
    await user.keyboard("{Shift>}");
    await user.click(screen.getByRole("checkbox", { name: "Select Lead 5" }));
    await user.keyboard("{/Shift}");
    expect(within(await bar()).getByRole("status")).toHaveTextContent("4 selected");
    expect(screen.getByRole("checkbox", { name: "Select Lead 4" })).toBeChecked();
    await expectAccessible(screen.getByRole("main"));
    await user.keyboard("{Escape}");
    await waitFor(() => expect(screen.queryByRole("group", { name: "Selected leads" })).not.toBeInTheDocument());
  });

  it("with keys too", async () => {
    playInbox({ leads: someLeads(6) });
    showAt("/inbox");
    await screen.findByText("Lead 1");
    await userEvent.keyboard("jx");
    await userEvent.keyboard("jj");
    await userEvent.keyboard("{Shift>}X{/Shift}");
    expect(within(await bar()).getByRole("status")).toHaveTextContent("3 selected");
  });

  it("for one list only: another one begins without", async () => {
    playInbox({ leads: someLeads(3) });
    const { router } = showAt("/inbox");
    await choose("Lead 1");
    await bar();
    await router.navigate({ to: "/inbox", search: { view: "all" } });
    await waitFor(() => expect(screen.queryByRole("group", { name: "Selected leads" })).not.toBeInTheDocument());
  });
});

describe("many at once", () => {
  it("are archived before the service has answered, which is taken back with one press", async () => {
    let answer!: (value: unknown) => void;
    const service = playInbox({
      leads: someLeads(4),
      more: {
        "POST /api/messages/bulk": () => new Promise((resolve) => (answer = resolve)),
        [`POST /api/messages/bulk/${UNDO}/undo`]: { done: 2, failed: [] },
      },
    });
    showAt("/inbox");
    await choose("Lead 1");
    await choose("Lead 3");
    await press("Archive");
    await waitFor(() => expect(isShown("Lead 3")).toBe(false));
    expect(isShown("Lead 2")).toBe(true);
    expect(said()).toEqual([]);
    answer(done(2));
    // The corner lets pointers through until it has counted its toasts.
    await userEvent.setup({ pointerEventsCheck: 0 }).click(await screen.findByRole("button", { name: "Undo" }));
    await waitFor(() => expect(said()).toContain("Undone for 2 leads."));
    expect(bulkOf(service)).toEqual([{ action: "archive", ids: [leadId(0), leadId(2)] }]);
    expect(service.asked.map(({ path }) => path)).toContain(`/api/messages/bulk/${UNDO}/undo`);
  });

  it("are undone by the key too, and what others have changed meanwhile is told", async () => {
    playInbox({
      leads: someLeads(3),
      more: {
        "POST /api/messages/bulk": done(2),
        [`POST /api/messages/bulk/${UNDO}/undo`]: {
          done: 1,
          failed: [{ id: leadId(1), reason: "changed-since", detail: "Kim has changed it since." }],
        },
      },
    });
    showAt("/inbox");
    await choose("Lead 1");
    await choose("Lead 2");
    await press("Archive");
    await waitFor(() => expect(said()).toEqual(["2 leads archived."]));
    await userEvent.keyboard("z");
    await waitFor(() =>
      expect(said().at(-1)).toBe("Undone for 1 lead. 1 lead was changed by others since and stays as it is."),
    );
    await userEvent.keyboard("z");
    expect(said().at(-1)).toBe("Nothing to undo.");
  });

  it("stand where they were when the service says no", async () => {
    playInbox({
      leads: someLeads(3),
      more: { "POST /api/messages/bulk": problem(503, "unavailable", "Come back later.") },
    });
    showAt("/inbox");
    await choose("Lead 1");
    await press("Acknowledge");
    expect(await screen.findByText("Come back later.")).toBeInTheDocument();
    expect(isShown("Lead 1")).toBe(true);
    expect(within(await bar()).getByRole("status")).toHaveTextContent("1 selected");
  });

  it("that could not be changed are told by name and why, after all others are done", async () => {
    playInbox({
      leads: someLeads(3),
      more: {
        "POST /api/messages/bulk": done(1, {
          unchanged: 1,
          failed: [{ id: leadId(1), reason: "already-acknowledged", detail: "Kim has acknowledged it." }],
        }),
      },
    });
    showAt("/inbox");
    await choose("Lead 1");
    await choose("Lead 2");
    await choose("Lead 3");
    await press("Acknowledge");
    const dialog = await screen.findByRole("dialog", { name: "1 lead left alone" });
    expect(within(dialog).getByRole("listitem")).toHaveTextContent("Lead 2: Kim has acknowledged it.");
    expect(said()).toEqual(["1 lead acknowledged. 1 were so already."]);
    await expectAccessible(dialog);
  });

  it("are given to somebody, and get and lose tags", async () => {
    const service = playInbox({ leads: someLeads(2), more: { "POST /api/messages/bulk": done(1) } });
    showAt("/inbox");
    await choose("Lead 1");
    await press("Assign");
    await userEvent.click(await screen.findByRole("menuitem", { name: "kim" }));
    await waitFor(() => expect(screen.queryByRole("group", { name: "Selected leads" })).not.toBeInTheDocument());
    await choose("Lead 1");
    await press("Tags");
    await userEvent.click(await screen.findByRole("menuitem", { name: "Add a tag" }));
    const dialog = await screen.findByRole("dialog", { name: "Add a tag" });
    await expectAccessible(dialog);
    await userEvent.type(within(dialog).getByLabelText("Tag"), "heritage");
    await userEvent.click(within(dialog).getByRole("button", { name: "Add a tag" }));
    await waitFor(() =>
      expect(bulkOf(service)).toEqual([
        { action: "assign", ids: [leadId(0)], assignee: KIM },
        { action: "tag", ids: [leadId(0)], tags: ["heritage"] },
      ]),
    );
  });

  it("are what keys mean while they are selected", async () => {
    const service = playInbox({ leads: someLeads(3), more: { "POST /api/messages/bulk": done(2) } });
    showAt("/inbox");
    await screen.findByText("Lead 1");
    await userEvent.keyboard("jxjx");
    await bar();
    await userEvent.keyboard("e");
    await waitFor(() => expect(bulkOf(service)).toEqual([{ action: "archive", ids: [leadId(0), leadId(1)] }]));
  });

  it("are taken out of the archive where they are in it", async () => {
    const service = playInbox({
      leads: someLeads(1, () => ({ status: "archived" })),
      more: { "POST /api/messages/bulk": done(1) },
    });
    showAt("/inbox?view=archived");
    await choose("Lead 1");
    expect(within(await bar()).queryByRole("button", { name: "Acknowledge" })).not.toBeInTheDocument();
    await press("Take out of the archive");
    await waitFor(() => expect(bulkOf(service)).toEqual([{ action: "unarchive", ids: [leadId(0)] }]));
  });
});

describe("all that match", () => {
  it("are changed after a question, and asked for again where they have become more", async () => {
    const leads = someLeads(80);
    let count = 4_213;
    const service = playInbox({
      leads,
      more: {
        "GET /api/messages/count": () => ({ count, isMore: false }),
        "POST /api/messages/bulk": async (request: Request) =>
          ((await request.json()) as { expectedCount: number }).expectedCount === 4_215
            ? done(4_215)
            : ((count = 4_215), problem(409, "count-changed", "Count them again.")),
      },
    });
    showAt("/inbox");
    await choose("Lead 1");
    await press("Select all 50 shown");
    await press("Select all 4,213 that match");
    await press("Archive");
    const dialog = await screen.findByRole("dialog", { name: "Archive 4,213 leads?" });
    await expectAccessible(dialog);
    expect(bulkOf(service)).toEqual([]);
    await userEvent.click(within(dialog).getByRole("button", { name: "Archive" }));
    const again = await screen.findByRole("dialog", { name: "Archive 4,215 leads?" });
    expect(again).toHaveTextContent("Nothing was changed: there are 4,215 by now. Are they meant too?");
    expect(said()).toEqual([]);
    await userEvent.click(within(again).getByRole("button", { name: "Archive" }));
    await waitFor(() => expect(said()).toEqual(["4,215 leads archived."]));
    const filter = { status: ["unread", "read"] };
    expect(bulkOf(service)).toEqual([
      { action: "archive", filter, expectedCount: 4_213 },
      { action: "archive", filter, expectedCount: 4_215 },
    ]);
    expect(screen.getByRole("button", { name: "Undo" })).toBeInTheDocument();
  });

  it("are too many beyond ten thousand", async () => {
    playInbox({ leads: someLeads(80), more: { "GET /api/messages/count": { count: 10_000, isMore: true } } });
    showAt("/inbox");
    await choose("Lead 1");
    await press("Select all 50 shown");
    await press("Select all 10,000+ that match");
    expect(await screen.findByText("At most 10,000 at once: narrow the list first.")).toBeInTheDocument();
    expect(within(await bar()).getByRole("button", { name: "Archive" })).toBeDisabled();
  });

  it("without one are those that are loaded", async () => {
    playInbox({ leads: someLeads(80) });
    showAt("/inbox");
    await choose("Lead 1");
    await press("Select all 50 shown");
    await press("Select all 80 that match");
    expect(within(await bar()).getByRole("status")).toHaveTextContent("80 selected");
    await choose("Lead 2");
    expect(within(await bar()).getByRole("status")).toHaveTextContent("49 selected");
  });
});
