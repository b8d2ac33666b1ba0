import { screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, it } from "vitest";

import { playInbox } from "../../../test/inbox";
import { showAt } from "../../../test/show";

it("has the way out, which has no other place on a phone", async () => {
  playInbox();
  showAt("/settings");
  await screen.findByRole("heading", { name: "Settings" });
  const main = within(screen.getByRole("main"));
  await userEvent.click(main.getByRole("button", { name: /@/ }));
  expect(await screen.findByRole("menuitem", { name: "Sign out" })).toBeInTheDocument();
});

it("an address below the settings that is none says so as its heading", async () => {
  playInbox();
  showAt("/settings/nope");
  expect(await screen.findByRole("heading", { level: 1, name: "There is nothing at this address" })).toBeVisible();
});
