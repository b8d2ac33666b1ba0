import { screen, waitFor } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { describe, expect, it } from "vitest";

import { expectAccessible } from "../../../test/axe";
import { playService, problem } from "../../../test/service";
import { showAt } from "../../../test/show";

const signedOut = { "GET /api/session": () => problem(401, "not-signed-in", "Sign in first.") };

async function ask(answers: Record<string, unknown>) {
  const service = playService({ ...signedOut, ...answers });
  showAt("/sign-in");
  await userEvent.type(await screen.findByRole("textbox", { name: "E-mail" }), "kim@example.com");
  await userEvent.click(screen.getByRole("button", { name: "Send me a link" }));
  return service;
}

describe("signing in", () => {
  it("is what everybody is asked for first, and leads to where they wanted to go", async () => {
    playService(signedOut);
    const { router } = showAt("/settings/webhooks");
    expect(await screen.findByRole("heading", { name: "Sign in" })).toBeVisible();
    expect(router.state.location.search).toEqual({ next: "/settings/webhooks" });
    await waitFor(() => expect(screen.getByRole("textbox", { name: "E-mail" })).toHaveFocus());
    await expectAccessible(document.body);
  });

  it("sends a link, and does not say who is known", async () => {
    const service = await ask({ "POST /api/sign-in": new Response(null, { status: 204 }) });
    expect(await screen.findByRole("heading", { name: "Check your e-mail" })).toBeVisible();
    expect(screen.getByRole("status")).toHaveTextContent("If kim@example.com is known here");
    expect(service.asked.find(({ method }) => method === "POST")!.body).toEqual({ email: "kim@example.com" });
    await expectAccessible(document.body);
    await userEvent.click(screen.getByRole("button", { name: "Use another address" }));
    expect(screen.getByRole("textbox", { name: "E-mail" })).toHaveValue("kim@example.com");
  });

  it("says when to come again", async () => {
    await ask({ "POST /api/sign-in": () => problem(429, "too-many", "Come again in ten minutes.") });
    expect(await screen.findByText("Come again in ten minutes.")).toBeVisible();
    await expectAccessible(document.body);
  });

  it("says that the service cannot be reached", async () => {
    await ask({ "POST /api/sign-in": new TypeError("The connection broke.") });
    expect(await screen.findByText(/cannot be reached/)).toBeVisible();
  });
});
