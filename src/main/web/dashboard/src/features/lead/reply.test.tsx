import { act, screen, waitFor, within } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { beforeEach, describe, expect, it } from "vitest";

import { notePresence } from "@/leads/presence";
import { expectAccessible } from "../../../test/axe";
import { KIM } from "../../../test/inbox";
import { openLead } from "../../../test/open-lead";
import { problem } from "../../../test/service";

const PATH = "/api/messages/0199b2c4-6f3a-7c31-8f52-3d7a9be01c55/replies";
const TEMPLATES = {
  templates: [
    { id: "t1", name: "We call you", channel: "sms", body: "Hello {{contactName}}", subject: null },
    { id: "t2", name: "A letter", channel: "email", body: "Dear {{contactName}}", subject: "Your request" },
  ],
};
const preview = (parts: number) => ({
  body: "Hello Ada Lovelace",
  subject: null,
  segments: { parts, maxParts: 3, encoding: "GSM-7" },
});

function open(more: Record<string, unknown> = {}) {
  return openLead(
    { contactEmail: "ada@example.com" },
    {
      more: {
        "GET /api/templates": TEMPLATES,
        "POST /api/templates/preview": preview(1),
        [`POST ${PATH}`]: { id: "r1", direction: "out" },
        ...more,
      },
    },
  );
}

async function write() {
  await screen.findByRole("article", { name: "Details" });
  await userEvent.keyboard("r");
  return screen.findByRole("textbox", { name: "Text" });
}

const posts = ({ asked }: ReturnType<typeof open>) =>
  asked.filter(({ method, path }) => method === "POST" && path === PATH);

beforeEach(() => sessionStorage.clear());

describe("a reply", () => {
  it("goes on the way whose button was pressed, and not by SMS to a landline", async () => {
    openLead({ contactEmail: "ada@example.com", contactPhone: "02 9550 1234", contactPhoneE164: "+61295501234" });
    await userEvent.click(await screen.findByRole("button", { name: "E-mail to ada@example.com" }));
    expect(await screen.findByRole("button", { name: "Email", pressed: true })).toBeVisible();
    expect(screen.queryByRole("button", { name: "SMS" })).not.toBeInTheDocument();
  });

  it("warns that a colleague writes too, or has just replied", async () => {
    open();
    await write();
    act(() =>
      notePresence("0199b2c4-6f3a-7c31-8f52-3d7a9be01c55", {
        memberId: KIM,
        name: "kim@demo.example",
        activity: "writing",
      }),
    );
    expect(await screen.findByRole("alert")).toHaveTextContent("kim is writing to this lead too.");
    act(() =>
      notePresence("0199b2c4-6f3a-7c31-8f52-3d7a9be01c55", {
        memberId: KIM,
        name: "kim@demo.example",
        activity: "away",
      }),
    );
    await waitFor(() => expect(screen.queryByRole("alert")).not.toBeInTheDocument());
  });

  it("is written by r, goes by e-mail under the thread's subject, and once", async () => {
    const page = open();
    const text = await write();
    await waitFor(() => expect(text).toHaveFocus());
    await userEvent.type(text, "We call at five.");
    await expectAccessible(screen.getByRole("main"));
    await userEvent.keyboard("{Control>}{Enter}{/Control}");
    expect(await screen.findByText("On its way to Ada Lovelace.")).toBeVisible();
    expect(posts(page).map(({ body }) => body)).toEqual([{ channel: "email", text: "We call at five." }]);
    expect(posts(page)[0]!.headers.get("Idempotency-Key")).toBeTruthy();
  });

  it("begins with a template that fits the channel, filled for this lead", async () => {
    const page = open();
    await write();
    await userEvent.click(screen.getByRole("button", { name: "SMS" }));
    const text = screen.getByRole("textbox", { name: "Text" });
    const template = await screen.findByRole("combobox", { name: /Template/ });
    expect(within(template).queryByRole("option", { name: "A letter" })).not.toBeInTheDocument();
    await userEvent.selectOptions(template, "We call you");
    await waitFor(() => expect(text).toHaveValue("Hello Ada Lovelace"));
    expect(template).toHaveDisplayValue("We call you");
    const [asked] = page.asked.filter(({ path }) => path === "/api/templates/preview");
    expect(asked!.body).toEqual({
      channel: "sms",
      body: "Hello {{contactName}}",
      messageId: "0199b2c4-6f3a-7c31-8f52-3d7a9be01c55",
    });
    await userEvent.click(screen.getByRole("button", { name: "Send" }));
    await waitFor(() => expect(posts(page)[0]!.body).toEqual({ channel: "sms", text: "Hello Ada Lovelace" }));
  });

  it("shows the template that it was begun with until another channel is chosen", async () => {
    open();
    await write();
    await userEvent.selectOptions(await screen.findByRole("combobox", { name: /Template/ }), "A letter");
    await waitFor(() => expect(screen.getByRole("textbox", { name: "Text" })).toHaveValue("Hello Ada Lovelace"));
    await userEvent.click(screen.getByRole("button", { name: "Keep for later" }));
    await userEvent.keyboard("r");
    expect(await screen.findByRole("combobox", { name: /Template/ })).toHaveDisplayValue("A letter");
    await userEvent.click(screen.getByRole("button", { name: "SMS" }));
    expect(screen.getByRole("combobox", { name: /Template/ })).toHaveValue("");
  });

  it("by SMS says how many parts it takes, and that it is too long", async () => {
    open({
      "POST /api/templates/preview": preview(4),
      "GET /api/usage": { sms: { currency: "AUD", pricePerPart: 0.08 } },
    });
    await write();
    await userEvent.click(screen.getByRole("button", { name: "SMS" }));
    await userEvent.type(screen.getByRole("textbox", { name: "Text" }), "Long");
    const size = await screen.findByText(/^4 of at most 3 parts/);
    await waitFor(() => expect(size.textContent).toMatch(/^4 of at most 3 parts, about .*0\.32.*: shorten it/));
    expect(screen.getByRole("link", { name: "Send from my phone instead" })).toHaveAttribute(
      "href",
      "sms:+61491570006",
    );
  });

  it("that was refused says why, keeps the words, and is another request once they are changed", async () => {
    const page = open({ [`POST ${PATH}`]: () => problem(422, "suppressed", "This address wants no mail from you.") });
    const text = await write();
    await userEvent.type(text, "Hello");
    await userEvent.click(screen.getByRole("button", { name: "Send" }));
    expect(await screen.findByText("This address wants no mail from you.")).toBeVisible();
    expect(text).toHaveValue("Hello");
    await userEvent.click(screen.getByRole("button", { name: "Send" }));
    await waitFor(() => expect(posts(page)).toHaveLength(2));
    await userEvent.type(text, "!");
    await userEvent.click(screen.getByRole("button", { name: "Send" }));
    await waitFor(() => expect(posts(page)).toHaveLength(3));
    const keys = posts(page).map(({ headers }) => headers.get("Idempotency-Key"));
    expect(keys[1]).toBe(keys[0]);
    expect(keys[2]).not.toBe(keys[0]);
  });

  it("that is kept for later is there when somebody comes back to it", async () => {
    open();
    await userEvent.type(await write(), "Half of it");
    await userEvent.click(screen.getByRole("button", { name: "Keep for later" }));
    await userEvent.keyboard("r");
    expect(await screen.findByRole("textbox", { name: "Text" })).toHaveValue("Half of it");
  });
});
