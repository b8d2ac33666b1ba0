import { render, screen } from "@testing-library/react";
import { expect, it, vi } from "vitest";

import { Failed } from "@/components/ui/states";
import { Refused } from "@/lib/api";

it("a failure for want of a session offers to sign in, not to try again", () => {
  const error = new Refused({ type: "about:blank", title: "No", status: 401 }, new Response());
  render(<Failed error={error} retry={vi.fn()} />);
  expect(screen.getByRole("link", { name: "Sign in again" })).toHaveAttribute("href", "/sign-in");
  expect(screen.queryByRole("button")).not.toBeInTheDocument();
});
