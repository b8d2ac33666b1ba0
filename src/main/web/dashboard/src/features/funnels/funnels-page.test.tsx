import { screen, waitFor, within } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { describe, expect, it, vi } from "vitest";

import { qrSvg } from "@/components/qr-code";
import type { Funnel } from "@/features/funnels/funnel";
import { slugOf } from "@/features/funnels/new-funnel";
import { expectAccessible } from "../../../test/axe";
import { playService, problem } from "../../../test/service";
import { aSession } from "../../../test/session";
import { showAt } from "../../../test/show";

const SOLAR: Funnel = {
  id: "0d3c6f5e-8a51-4d0e-9a44-5f1f3c0b7a10",
  name: "Solar",
  slug: "solar",
  title: "Talk to us about solar",
  intro: null,
  isActive: true,
  visitorReceipts: [],
  silence: null,
  allowedOrigins: ["https://www.example.com"],
  formUrl: "https://callback.example.com/f/solar",
  createdAt: "2026-11-22T03:04:05.123Z",
};
const PATH = `/api/funnels/${SOLAR.id}`;

function open(answers: Record<string, unknown> = {}) {
  const service = playService({
    "GET /api/session": aSession("owner"),
    "GET /api/funnels": { funnels: [SOLAR] },
    ...answers,
  });
  showAt("/settings/funnels");
  return service;
}

const sent = (service: ReturnType<typeof open>, method: string) =>
  service.asked.filter((each) => each.method === method && each.path.startsWith("/api/funnels"));

describe("funnels", () => {
  it("give their form away as a link, a line for any page, and a code", async () => {
    open();
    expect(await screen.findByRole("heading", { name: "Talk to us about solar" })).toBeVisible();
    expect(screen.getByText("https://callback.example.com/f/solar")).toBeVisible();
    expect(screen.getByRole("link", { name: "Open" })).toHaveAttribute("href", SOLAR.formUrl);
    expect(
      screen.getByText(
        `<script src="https://callback.example.com/widget.js" data-funnel="${SOLAR.id}" async></script>`,
      ),
    ).toBeVisible();
    expect(screen.getByRole("img", { name: `QR code of ${SOLAR.formUrl}` })).toBeVisible();
    await expectAccessible(screen.getByRole("main"));
  });

  it("that have gone quiet say so", async () => {
    open({ "GET /api/funnels": { funnels: [{ ...SOLAR, silence: { since: "2026-11-21T03:00:00Z", expected: 7 } }] } });
    expect(await screen.findByText(/about 7 leads usually come/)).toBeVisible();
    await expectAccessible(screen.getByRole("main"));
  });

  it("are renamed, and deleted once that was confirmed", async () => {
    const service = open({
      [`PATCH ${PATH}`]: { ...SOLAR, name: "Sun" },
      [`DELETE ${PATH}`]: undefined,
    });
    await userEvent.click(await screen.findByRole("button", { name: "Change Talk to us about solar" }));
    const name = screen.getByRole("textbox", { name: "Name" });
    await userEvent.clear(name);
    await userEvent.type(name, "Sun");
    await userEvent.click(screen.getByRole("button", { name: "Save" }));
    await waitFor(() => expect(sent(service, "PATCH")).toHaveLength(1));
    expect(sent(service, "PATCH")[0]?.body).toMatchObject({ name: "Sun" });
    await userEvent.click(screen.getByRole("button", { name: "Delete Talk to us about solar" }));
    expect(sent(service, "DELETE")).toHaveLength(0);
    await userEvent.click(screen.getByRole("button", { name: "Delete it" }));
    await waitFor(() => expect(sent(service, "DELETE")).toHaveLength(1));
  });

  it("have a code to print, named as the form is", async () => {
    const files: { name: string; blob: Blob }[] = [];
    let blob!: Blob;
    vi.stubGlobal(
      "URL",
      Object.assign(URL, { createObjectURL: (it: Blob) => ((blob = it), "blob:1"), revokeObjectURL: vi.fn() }),
    );
    vi.spyOn(HTMLAnchorElement.prototype, "click").mockImplementation(function (this: HTMLAnchorElement) {
      files.push({ name: this.download, blob });
    });
    open();
    await userEvent.click(await screen.findByRole("button", { name: "SVG" }));
    expect(files.map(({ name }) => name)).toEqual(["solar-qr.svg"]);
    expect(files[0]!.blob.type).toBe("image/svg+xml");
    expect(files[0]!.blob.size).toBe(qrSvg(SOLAR.formUrl).length);
  });

  it("are closed by owners once that was confirmed", async () => {
    const service = open({ [`PATCH ${PATH}`]: { ...SOLAR, isActive: false } });
    await userEvent.click(await screen.findByRole("switch", { name: "Open" }));
    await expectAccessible(screen.getByRole("dialog", { name: "Close “Talk to us about solar”?" }));
    expect(sent(service, "PATCH")).toHaveLength(0);
    await userEvent.click(screen.getByRole("button", { name: "Close it" }));
    await waitFor(() => expect(sent(service, "PATCH").map(({ body }) => body)).toEqual([{ isActive: false }]));
    await waitFor(() => expect(screen.queryByRole("dialog")).not.toBeInTheDocument());
  });

  it("are opened by owners without a question", async () => {
    const service = open({
      "GET /api/funnels": { funnels: [{ ...SOLAR, isActive: false }] },
      [`PATCH ${PATH}`]: SOLAR,
    });
    await userEvent.click(await screen.findByRole("switch", { name: "Closed" }));
    await waitFor(() => expect(sent(service, "PATCH").map(({ body }) => body)).toEqual([{ isActive: true }]));
  });

  it("stay open where they cannot be closed, which says why", async () => {
    open({ [`PATCH ${PATH}`]: () => problem(403, "forbidden", "Only owners close a form.") });
    await userEvent.click(await screen.findByRole("switch", { name: "Open" }));
    await userEvent.click(screen.getByRole("button", { name: "Close it" }));
    expect(await screen.findByText("Only owners close a form.")).toBeVisible();
    expect(screen.getByRole("switch", { name: "Open" })).toBeChecked();
  });

  it("are looked at only by others", async () => {
    open({ "GET /api/session": aSession("agent") });
    await screen.findByRole("heading", { name: "Talk to us about solar" });
    expect(screen.queryByRole("switch")).not.toBeInTheDocument();
    expect(screen.queryByRole("button", { name: /Change|New funnel/ })).not.toBeInTheDocument();
    await expectAccessible(screen.getByRole("main"));
  });

  it("say while they are loaded that they are", async () => {
    open({ "GET /api/funnels": () => new Promise(() => undefined) });
    expect(await screen.findByText("Loading…")).toBeInTheDocument();
    await expectAccessible(screen.getByRole("main"));
  });

  it("say why they cannot be shown, and are asked for again", async () => {
    let isThere = false;
    open({ "GET /api/funnels": () => (isThere ? { funnels: [SOLAR] } : problem(503, "unavailable", "Not now.")) });
    expect(await screen.findByText("Not now.")).toBeVisible();
    await expectAccessible(screen.getByRole("main"));
    isThere = true;
    await userEvent.click(screen.getByRole("button", { name: "Try again" }));
    expect(await screen.findByRole("heading", { name: "Talk to us about solar" })).toBeVisible();
  });

  it("say what they are for while there is none", async () => {
    open({ "GET /api/funnels": { funnels: [] } });
    expect(await screen.findByText("No funnel yet")).toBeVisible();
    expect(screen.getByRole("button", { name: "New funnel" })).toBeVisible();
    await expectAccessible(screen.getByRole("main"));
  });
});

describe("a new funnel", () => {
  async function fillIn() {
    await userEvent.click(await screen.findByRole("button", { name: "New funnel" }));
    const dialog = within(await screen.findByRole("dialog", { name: "New funnel" }));
    await userEvent.type(dialog.getByRole("textbox", { name: "Name" }), "Café & Bar");
    return dialog;
  }

  it("has the address of its name, and is open at once", async () => {
    const service = open({ "POST /api/funnels": { ...SOLAR, name: "Café & Bar" } });
    const dialog = await fillIn();
    expect(dialog.getByRole("textbox", { name: "Address" })).toHaveValue("cafe-bar");
    await expectAccessible(screen.getByRole("dialog"));
    await userEvent.click(dialog.getByRole("button", { name: "Make it" }));
    expect(await screen.findByText("Its form is open.")).toBeVisible();
    expect(sent(service, "POST")[0]!.body).toEqual({ name: "Café & Bar", isActive: true, slug: "cafe-bar" });
  });

  it("is asked for with the same key until something else is asked for", async () => {
    const service = open({ "POST /api/funnels": new TypeError("The connection broke.") });
    const dialog = await fillIn();
    const make = dialog.getByRole("button", { name: "Make it" });
    await userEvent.click(make);
    await waitFor(() => expect(make).toBeEnabled());
    await userEvent.click(make);
    await waitFor(() => expect(make).toBeEnabled());
    await userEvent.type(dialog.getByRole("textbox", { name: "Name" }), " 2");
    await userEvent.click(make);
    await waitFor(() => expect(sent(service, "POST")).toHaveLength(3));
    const keys = sent(service, "POST").map(({ headers }) => headers.get("Idempotency-Key"));
    expect(keys[0]).toBeTruthy();
    expect(keys[1]).toBe(keys[0]);
    expect(keys[2]).not.toBe(keys[0]);
  });

  it("says beside the address that it is taken", async () => {
    open({
      "POST /api/funnels": () =>
        problem(409, "slug-taken", "Choose another.", {
          errors: [{ field: "slug", detail: "Another funnel has it." }],
        }),
    });
    const dialog = await fillIn();
    await userEvent.click(dialog.getByRole("button", { name: "Make it" }));
    expect(await dialog.findByText("Another funnel has it.")).toBeVisible();
    expect(dialog.getByRole("textbox", { name: "Address" })).toBeInvalid();
    expect(dialog.getByRole("textbox", { name: "Name" })).toHaveValue("Café & Bar");
  });

  it.each([
    ["Solar on the roof", "solar-on-the-roof"],
    ["  Ünïcode!  ", "unicode"],
    ["日本", ""],
    ["a".repeat(80), "a".repeat(63)],
  ])("named %s has the address %s", (name, slug) => expect(slugOf(name)).toBe(slug));
});

describe("a changed funnel", () => {
  it("says something else, and takes from the pages that are listed", async () => {
    const service = open({ [`PATCH ${PATH}`]: SOLAR });
    await userEvent.click(await screen.findByRole("button", { name: "Change Talk to us about solar" }));
    const dialog = within(await screen.findByRole("dialog", { name: "Change the form" }));
    await expectAccessible(screen.getByRole("dialog"));
    const pages = dialog.getByRole("textbox", { name: /Pages that may send to it/ });
    expect(pages).toHaveValue("https://www.example.com");
    await userEvent.type(pages, "\nhttps://shop.example.com/contact?from=menu");
    await userEvent.clear(dialog.getByRole("textbox", { name: /Title/ }));
    await userEvent.click(dialog.getByRole("button", { name: "Save" }));
    expect(await screen.findByText("Saved.")).toBeVisible();
    expect(sent(service, "PATCH")[0]!.body).toEqual({
      slug: "solar",
      title: null,
      intro: null,
      allowedOrigins: ["https://www.example.com", "https://shop.example.com"],
    });
  });

  it("switches receipts for visitors on", async () => {
    const service = open({ [`PATCH ${PATH}`]: { ...SOLAR, visitorReceipts: ["email"] } });
    await userEvent.click(await screen.findByRole("button", { name: "Change Talk to us about solar" }));
    const dialog = within(await screen.findByRole("dialog", { name: "Change the form" }));
    await userEvent.click(dialog.getByRole("checkbox", { name: "By e-mail" }));
    await userEvent.click(dialog.getByRole("button", { name: "Save" }));
    expect(await screen.findByText("Saved.")).toBeVisible();
    expect(sent(service, "PATCH")[0]!.body).toMatchObject({ visitorReceipts: ["email"] });
  });

  it("says beside the pages which one is none, and keeps what was written", async () => {
    open({
      [`PATCH ${PATH}`]: () =>
        problem(400, "bad", "Mend it.", { errors: [{ field: "allowedOrigins.0", detail: "An origin has no path." }] }),
    });
    await userEvent.click(await screen.findByRole("button", { name: "Change Talk to us about solar" }));
    const dialog = within(await screen.findByRole("dialog", { name: "Change the form" }));
    await userEvent.click(dialog.getByRole("button", { name: "Save" }));
    expect(await dialog.findByText("An origin has no path.")).toBeVisible();
  });
});
