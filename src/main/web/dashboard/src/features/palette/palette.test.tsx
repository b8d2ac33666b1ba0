import { act, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, describe, expect, it, vi } from "vitest";

import { usePalette } from "@/features/palette/palette-store";
import { matching } from "@/features/palette/use-commands";
import { appAnswers, BUSINESS } from "../../../test/app";
import { expectAccessible } from "../../../test/axe";
import { aLead, aLeadInFull } from "../../../test/lead";
import { playService, problem } from "../../../test/service";
import { showAt } from "../../../test/show";

const ada = aLead({ id: "0199b2c4-0000-7000-8000-000000000001", status: "read", subject: "Solar panels" });

async function open(address = "/inbox", answers: Record<string, unknown> = {}) {
  const service = playService({ ...appAnswers(), ...answers });
  const page = showAt(address);
  await screen.findAllByRole("link", { name: /Settings/ });
  return { ...page, ...service };
}

const palette = () => screen.findByRole("dialog", { name: "Search or do" }, { timeout: 5_000 });

async function opened(address?: string, answers?: Record<string, unknown>) {
  const page = await open(address, answers);
  await userEvent.keyboard("{Control>}k{/Control}");
  return { ...page, dialog: await palette() };
}

beforeEach(() => {
  act(() => usePalette.getState().close());
  vi.stubGlobal("scrollTo", () => undefined);
});

describe("the command palette", () => {
  it("opens by its keys, also while somebody types, and closes by them", async () => {
    await open();
    await userEvent.click(screen.getByRole("searchbox"));
    await userEvent.keyboard("{Control>}k{/Control}");
    const field = within(await palette()).getByRole("combobox");
    await waitFor(() => expect(field).toHaveFocus());
    await expectAccessible();
    await userEvent.keyboard("{Control>}k{/Control}");
    await waitFor(() => expect(screen.queryByRole("dialog")).not.toBeInTheDocument());
    await waitFor(() => expect(screen.getByRole("searchbox")).toHaveFocus());
  });

  it("opens by the button of the side bar", async () => {
    await open();
    await userEvent.click(screen.getByRole("button", { name: /Search or do/ }));
    expect(await palette()).toBeInTheDocument();
  });

  it("goes where one types", async () => {
    const { router, dialog } = await opened();
    await userEvent.keyboard("overd");
    expect(within(dialog).getAllByRole("option")).toHaveLength(1);
    await userEvent.keyboard("{Enter}");
    await waitFor(() => expect(router.state.location.search).toEqual({ view: "overdue" }));
    expect(screen.queryByRole("dialog")).not.toBeInTheDocument();
  });

  it("finds leads by any of their words, and opens them", async () => {
    const address = `GET /api/messages/${ada.id}`;
    const { router, dialog, asked } = await opened("/inbox", {
      "GET /api/messages": (request: Request) => ({
        items: new URL(request.url).searchParams.get("q") === "solar pan" ? [ada] : [],
        next: null,
      }),
      [address]: aLeadInFull({ ...ada }),
    });
    await userEvent.keyboard("solar pan");
    await userEvent.click(await within(dialog).findByRole("option", { name: /Ada Lovelace/ }));
    await waitFor(() => expect(router.state.location.pathname).toBe(`/inbox/${ada.id}`));
    const searches = asked.filter((each) => each.query.has("q"));
    expect(searches.map((each) => [each.query.get("q"), each.query.get("limit")])).toEqual([["solar pan", "6"]]);
  });

  it("says that nothing is found, and that leads could not be searched", async () => {
    const { dialog } = await opened();
    await userEvent.keyboard("zzzz");
    expect(await within(dialog).findByText(/Nothing found/)).toBeInTheDocument();
    await expectAccessible();
    playService({ ...appAnswers(), "GET /api/messages": problem(400, "invalid", "No.") });
    await userEvent.keyboard("y");
    expect(await within(dialog).findByText(/could not be searched/)).toBeInTheDocument();
  });

  it("does what keys do on the page, with the focus where it was", async () => {
    const { dialog } = await opened();
    await userEvent.keyboard("undo last");
    await userEvent.click(within(dialog).getByRole("option", { name: /Undo the last action/ }));
    await waitFor(() => expect(screen.queryByRole("dialog")).not.toBeInTheDocument());
    expect(await screen.findByText("Nothing to undo.")).toBeVisible();
  });

  it("acknowledges the lead that is open", async () => {
    const address = `/api/messages/${ada.id}`;
    const { dialog, asked } = await opened(`/inbox/${ada.id}`, {
      [`GET ${address}`]: aLeadInFull({ ...ada }),
      [`POST ${address}/acknowledge`]: aLeadInFull({ ...ada, status: "acknowledged", revision: 2 }),
    });
    await within(dialog).findByRole("option", { name: /Acknowledge/ });
    await userEvent.keyboard("acknow{Enter}");
    await waitFor(() => expect(asked.map((each) => each.path)).toContain(`${address}/acknowledge`));
  });

  it("offers the other businesses, and the way out", async () => {
    const businesses = [
      { id: BUSINESS, name: "Sunny Roofs", role: "owner" },
      { id: "other", name: "Cool Floors", role: "viewer" },
    ];
    const { dialog } = await opened("/inbox", {
      "GET /api/session": { ...appAnswers()["GET /api/session"], businesses },
    });
    expect(within(dialog).getByRole("option", { name: "Cool Floors" })).toBeInTheDocument();
    expect(within(dialog).queryByRole("option", { name: "Sunny Roofs" })).not.toBeInTheDocument();
    expect(within(dialog).getByRole("option", { name: "Sign out" })).toBeInTheDocument();
  });

  it("does not open in front of another dialog", async () => {
    await open();
    await userEvent.keyboard("{Shift>}?{/Shift}");
    await screen.findByRole("dialog", { name: "Keyboard shortcuts" }, { timeout: 5_000 });
    await userEvent.keyboard("{Control>}k{/Control}");
    expect(usePalette.getState()).toMatchObject({ isOpen: false, isHelpOpen: true });
  });
});

describe("the list of shortcuts", () => {
  it("has all that keys do on the page, by what it is about", async () => {
    await open();
    await userEvent.keyboard("{Shift>}?{/Shift}");
    const help = await screen.findByRole("dialog", { name: "Keyboard shortcuts" }, { timeout: 5_000 });
    expect(
      within(help)
        .getAllByRole("heading", { level: 3 })
        .map((each) => each.textContent),
    ).toEqual(expect.arrayContaining(["Everywhere", "Go to", "List"]));
    expect(within(help).getByText("Analytics").closest("div")).toHaveTextContent("Analyticsga");
    await expectAccessible();
    await userEvent.keyboard("{Escape}");
    await waitFor(() => expect(screen.queryByRole("dialog")).not.toBeInTheDocument());
  });
});

describe("the list of shortcuts, where no lead is open,", () => {
  it("has the keys of a lead and of a reply in grey, and those that always work", async () => {
    await open();
    await userEvent.keyboard("{Shift>}?{/Shift}");
    const help = await screen.findByRole("dialog", { name: "Keyboard shortcuts" }, { timeout: 5_000 });
    const keys = (label: string) => within(help).getByText(label).closest("div")!.textContent;
    expect(keys("Log call outcome")).toBe("Log call outcome (not possible now)c");
    expect(keys("Send")).toBe("Send (not possible now)Ctrl↵");
    expect(keys("Close what is open")).toBe("Close what is openEsc");
    expect(keys("Press the button in focus")).toBe("Press the button in focusSpace");
  });
});

describe("matching", () => {
  it("wants each word, in any order and without minding accents or case", () => {
    const commands = ["Ouvrir les réglages", "Sign out"].map((label) => ({
      id: label,
      group: "More",
      label,
      run: () => undefined,
    }));
    expect(matching(commands, "REGL ouv").map((each) => each.label)).toEqual(["Ouvrir les réglages"]);
    expect(matching(commands, "more").length).toBe(2);
    expect(matching(commands, "sign in")).toEqual([]);
  });
});
