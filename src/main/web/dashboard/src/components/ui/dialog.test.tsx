import { render, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { useState } from "react";
import { expect, it } from "vitest";

import { Dialog } from "@/components/ui/dialog";

function Page() {
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <button type="button" onClick={() => setOpen(true)}>
        Ask
      </button>
      <Dialog open={isOpen} onOpenChange={setOpen} title="Sure?">
        <button type="button">Yes</button>
      </Dialog>
    </>
  );
}

it("has the focus in its first field, whatever is closed with it", async () => {
  render(
    <Dialog open onOpenChange={() => undefined} title="Add a tag">
      <input type="hidden" />
      <input aria-label="Tag" />
    </Dialog>,
  );
  await waitFor(() => expect(screen.getByRole("textbox", { name: "Tag" })).toHaveFocus());
});

it("gives the focus back to where it was", async () => {
  render(<Page />);
  for (let time = 0; time < 2; time++) {
    await userEvent.click(screen.getByRole("button", { name: "Ask" }));
    await screen.findByRole("dialog", { name: "Sure?" });
    await userEvent.keyboard("{Escape}");
    await waitFor(() => expect(screen.getByRole("button", { name: "Ask" })).toHaveFocus());
  }
});
