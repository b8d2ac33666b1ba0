import { act, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, it, vi } from "vitest";

import { usePalette } from "@/features/palette/palette-store";
import { appAnswers } from "../../../test/app";
import { aLead } from "../../../test/lead";
import { giveLayout } from "../../../test/layout";
import { playService } from "../../../test/service";
import { showAt } from "../../../test/show";

const gate = vi.hoisted(() => {
  let open!: () => void;
  const opened = new Promise<void>((resolve) => (open = resolve));
  return { open, opened };
});
vi.mock("@/features/palette/command-palette", async (original) => {
  await gate.opened;
  return original();
});

it("the first palette of a session gets what is typed while it is loaded, and no lead is archived by it", async () => {
  giveLayout();
  vi.stubGlobal("scrollTo", () => undefined);
  act(() => usePalette.getState().close());
  const { asked } = playService(appAnswers([aLead({ id: "0199b2c4-0000-7000-8000-000000000001" })]));
  showAt("/inbox");
  await screen.findByRole("link", { name: /Ada Lovelace/ });
  await userEvent.keyboard("j{Control>}k{/Control}sea e");
  gate.open();
  const field = within(await screen.findByRole("dialog", { name: "Search or do" })).getByRole("combobox");
  expect(field).toHaveValue("sea e");
  await waitFor(() => expect(field).toHaveFocus());
  await userEvent.keyboard("x");
  expect(field).toHaveValue("sea ex");
  expect(asked.filter(({ method }) => method !== "GET")).toEqual([]);
});
