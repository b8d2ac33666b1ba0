import { screen, waitFor, within } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { beforeEach, describe, expect, it } from "vitest";

import { setAdvance } from "@/leads/advance";
import { useNotices } from "@/lib/notify";
import { expectAccessible } from "../../../test/axe";
import { KIM, leadId, playInbox, someLeads } from "../../../test/inbox";
import { giveLayout } from "../../../test/layout";
import { aLeadInFull } from "../../../test/lead";
import { showAt } from "../../../test/show";

const PATH = `/api/messages/${leadId(0)}`;

/** Two leads, of which the first is open. */
function openFirst(more: Record<string, unknown> = {}) {
  const leads = someLeads(2, () => ({ status: "read" }));
  const inFull = (index: number, change = {}) => aLeadInFull({ ...leads[index]!, ...change });
  const service = playInbox({
    leads,
    more: {
      [`GET ${PATH}`]: inFull(0),
      [`GET /api/messages/${leadId(1)}`]: inFull(1),
      [`POST ${PATH}/archive`]: inFull(0, { status: "archived", revision: 2 }),
      [`POST ${PATH}/acknowledge`]: inFull(0, { status: "acknowledged", revision: 2 }),
      ...more,
    },
  });
  const page = showAt(`/inbox/${leadId(0)}`);
  const sent = (method: string, path: string) =>
    service.asked.filter((each) => each.method === method && each.path === path).map(({ body }) => body);
  return { ...page, sent };
}

const opened = async (name: string) => screen.findByRole("heading", { name, level: 1 });
const said = () => useNotices.getState().notices.map(({ title }) => title);

beforeEach(() => {
  giveLayout();
  setAdvance(true);
  useNotices.setState({ notices: [] });
});

describe("after a lead is archived", () => {
  it("the next one of the list opens, with the focus in it", async () => {
    openFirst();
    await opened("Lead 1");
    await waitFor(() => expect(screen.getByRole("link", { name: /Lead 2$/ })).toBeInTheDocument());
    await userEvent.keyboard("e");
    await opened("Lead 2");
    await waitFor(() => expect(document.body).not.toHaveFocus());
  });

  it("it stays open where the person wants that", async () => {
    setAdvance(false);
    const { sent } = openFirst();
    await opened("Lead 1");
    await userEvent.keyboard("e");
    await waitFor(() => expect(sent("POST", `${PATH}/archive`)).toHaveLength(1));
    await opened("Lead 1");
  });
});

describe("z", () => {
  it("undoes an acknowledgement, and says who has changed the lead since", async () => {
    const { sent } = openFirst({
      [`POST ${PATH}/undo`]: {
        done: 0,
        failed: [{ id: leadId(0), reason: "changed-since", detail: "kim has changed it since. It stays as it is." }],
      },
    });
    await opened("Lead 1");
    await userEvent.keyboard("a");
    await waitFor(() => expect(said()).toHaveLength(1));
    await userEvent.keyboard("z");
    await waitFor(() => expect(said().at(-1)).toBe("kim has changed it since. It stays as it is."));
    expect(sent("POST", `${PATH}/undo`)).toHaveLength(1);
  });
});

describe("a choice by its key", () => {
  it("assigns the lead to whoever is typed", async () => {
    const { sent } = openFirst({ [`PUT ${PATH}/assignee`]: aLeadInFull({ id: leadId(0), assignedTo: KIM }) });
    await opened("Lead 1");
    await userEvent.keyboard("{Shift>}A{/Shift}");
    const dialog = await screen.findByRole("dialog", { name: "Assign to" }, { timeout: 5_000 });
    await within(dialog).findByRole("option", { name: "kim" });
    await expectAccessible(dialog);
    await userEvent.keyboard("kim{Enter}");
    await waitFor(() => expect(sent("PUT", `${PATH}/assignee`)).toEqual([{ memberId: KIM }]));
  });

  it("snoozes the lead until a time at which the business is open, and goes on", async () => {
    const at = new Date(Date.now() + 20 * 3_600_000).toISOString();
    const { sent } = openFirst({
      "GET /api/snooze-times": { times: [{ name: "next-day", at }] },
      [`PUT ${PATH}/reminder`]: aLeadInFull({ id: leadId(0), callAgainAt: at }),
    });
    await opened("Lead 1");
    await waitFor(() => expect(screen.getByRole("link", { name: /Lead 2$/ })).toBeInTheDocument());
    await userEvent.keyboard("h");
    const dialog = await screen.findByRole("dialog", { name: "Snooze" }, { timeout: 5_000 });
    await userEvent.click(await within(dialog).findByRole("option", { name: /Next day/ }));
    await waitFor(() => expect(sent("PUT", `${PATH}/reminder`)).toEqual([{ at }]));
    await opened("Lead 2");
  });
});
