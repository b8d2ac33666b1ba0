import { render, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { lazy, type ReactElement } from "react";
import { expect, it } from "vitest";

import { LateMenu } from "@/components/ui/late-menu";
import { Menu, MenuItem } from "@/components/ui/menu";
import { expectAccessible } from "../../../test/axe";

function Actions({ trigger }: { trigger: ReactElement }) {
  return (
    <Menu isOpenAtFirst trigger={trigger}>
      <MenuItem>Call</MenuItem>
    </Menu>
  );
}

function aMenu() {
  const Late = lazy(async () => ({ default: Actions }));
  render(
    <LateMenu trigger={<button type="button">Actions</button>}>{(trigger) => <Late trigger={trigger} />}</LateMenu>,
  );
  return screen.getByRole("button", { name: "Actions", expanded: false });
}

it("opens with a press, and gives the focus back to its button", async () => {
  const button = aMenu();
  expect(button).toHaveAttribute("aria-haspopup", "menu");
  await expectAccessible(document.body);
  await userEvent.click(button);
  expect(await screen.findByRole("menuitem", { name: "Call" })).toBeInTheDocument();
  await userEvent.keyboard("{Escape}");
  await waitFor(() => expect(screen.getByRole("button", { name: "Actions" })).toHaveFocus());
  await userEvent.keyboard("{Enter}");
  expect(await screen.findByRole("menuitem", { name: "Call" })).toBeInTheDocument();
});

it("leaves the page behind it to screen readers while it is open", async () => {
  render(<button type="button">Elsewhere</button>);
  await userEvent.click(aMenu());
  await screen.findByRole("menuitem", { name: "Call" });
  expect(screen.getByRole("button", { name: "Elsewhere" })).toBeInTheDocument();
  await expectAccessible(document.body);
});

it("opens with the arrow down as well", async () => {
  aMenu().focus();
  await userEvent.keyboard("{ArrowDown}");
  expect(await screen.findByRole("menuitem", { name: "Call" })).toBeInTheDocument();
});
