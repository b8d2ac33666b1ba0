import { screen, waitFor, within } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { describe, expect, it } from "vitest";

import { expectAccessible } from "../../../test/axe";
import { playService, problem } from "../../../test/service";
import { aSession } from "../../../test/session";
import { showAt } from "../../../test/show";

const HERE = {
  id: "here",
  device: "Firefox on Linux",
  createdAt: "2026-11-22T03:04:05.123Z",
  lastUsedAt: "2026-11-29T03:04:05.123Z",
  isCurrent: true,
};
const PHONE = { ...HERE, id: "phone", device: "Chrome on Android", isCurrent: false };
const OLD = { ...HERE, id: "old", device: null, isCurrent: false };

function open(answers: Record<string, unknown>) {
  const service = playService({ "GET /api/session": aSession("viewer"), ...answers });
  showAt("/settings/devices");
  return service;
}

describe("devices", () => {
  it("are listed, and one of the others is signed out", async () => {
    let items = [HERE, PHONE, OLD];
    const service = open({
      "GET /api/sessions": () => ({ items }),
      "DELETE /api/sessions/phone": () => {
        items = [HERE, OLD];
        return new Response(null, { status: 204 });
      },
    });
    const main = within(await screen.findByRole("main"));
    expect(await main.findByText("This device")).toBeVisible();
    expect(main.queryByRole("button", { name: "Sign out Firefox on Linux" })).not.toBeInTheDocument();
    expect(main.getByRole("button", { name: "Sign out Unknown device" })).toBeVisible();
    await expectAccessible(screen.getByRole("main"));

    await userEvent.click(main.getByRole("button", { name: "Sign out Chrome on Android" }));

    await waitFor(() => expect(main.queryByText("Chrome on Android")).not.toBeInTheDocument());
    expect(await screen.findByText("Chrome on Android is signed out")).toBeVisible();
    expect(service.asked.map(({ method, path }) => `${method} ${path}`)).toContain("DELETE /api/sessions/phone");
  });

  it("are all signed out but the one in use, after a question", async () => {
    let items = [HERE, PHONE];
    const service = open({
      "GET /api/sessions": () => ({ items }),
      "DELETE /api/session/others": () => {
        items = [HERE];
        return { ended: 1 };
      },
    });
    await userEvent.click(await screen.findByRole("button", { name: "Sign out all other devices" }));
    const question = await screen.findByRole("dialog");
    expect(service.asked.some(({ method }) => method === "DELETE")).toBe(false);
    await userEvent.click(within(question).getByRole("button", { name: "Sign out all other devices" }));
    await waitFor(() => expect(screen.queryByText("Chrome on Android")).not.toBeInTheDocument());
    expect(screen.queryByRole("button", { name: "Sign out all other devices" })).not.toBeInTheDocument();
  });

  it("say why where the service refuses, and stay", async () => {
    open({
      "GET /api/sessions": { items: [HERE, PHONE] },
      "DELETE /api/sessions/phone": () => problem(503, "unavailable", "Try again in a minute."),
    });
    await userEvent.click(await screen.findByRole("button", { name: "Sign out Chrome on Android" }));
    expect(await screen.findByText("Try again in a minute.")).toBeVisible();
    expect(screen.getByText("Chrome on Android")).toBeVisible();
  });

  it("are managed elsewhere for people who sign in elsewhere", async () => {
    open({ "GET /api/sessions": { items: [] } });
    expect(await screen.findByText("No sign-in links in use")).toBeVisible();
  });
});
