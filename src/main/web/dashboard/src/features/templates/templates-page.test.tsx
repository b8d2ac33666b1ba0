import { screen, waitFor, within } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { describe, expect, it } from "vitest";

import type { Template } from "@/features/templates/template";
import { expectAccessible } from "../../../test/axe";
import { aLead } from "../../../test/lead";
import { playService, problem } from "../../../test/service";
import { aSession } from "../../../test/session";
import { showAt } from "../../../test/show";

const THANKS: Template = {
  id: "3d9b7a52-1f60-4c0e-8a3f-6b2e9d4c1f05",
  channel: "email",
  name: "Thank you",
  subject: "Thank you, {{contact.firstName | and welcome}}",
  body: "Hello {{contact.firstName | there}}",
  createdAt: "2026-11-22T03:20:00.000Z",
  updatedAt: "2026-11-22T03:20:00.000Z",
};
const MISSED: Template = {
  ...THANKS,
  id: "4d9b7a52-1f60-4c0e-8a3f-6b2e9d4c1f05",
  channel: "sms",
  name: "Call missed",
  subject: null,
};
const SEGMENTS = { encoding: "GSM-7", units: 50, parts: 1, maxParts: 6 };

function open(answers: Record<string, unknown> = {}) {
  const service = playService({
    "GET /api/session": aSession("agent"),
    "GET /api/templates": { templates: [THANKS, MISSED] },
    "GET /api/messages": { items: [aLead()], next: null },
    "POST /api/templates/preview": async (request: Request) => {
      const { body, channel, messageId } = (await request.json()) as Record<string, string>;
      return {
        subject: null,
        body: `${messageId ?? "made up"}: ${body}`,
        segments: channel === "sms" ? SEGMENTS : null,
      };
    },
    ...answers,
  });
  showAt("/settings/templates");
  return service;
}

const asked = (service: ReturnType<typeof open>, method: string, path: string) =>
  service.asked.filter((each) => each.method === method && each.path === path);

async function openForm(name: RegExp | string) {
  await userEvent.click(await screen.findByRole("button", { name }));
  return within(await screen.findByRole("dialog"));
}

describe("templates", () => {
  it("stand by their channel, with what is filled in told apart", async () => {
    open();
    const row = await screen.findByRole("button", { name: /^Thank you/ });
    expect(screen.getByRole("heading", { name: "E-mail" })).toBeVisible();
    expect(screen.getByRole("heading", { name: "SMS" })).toBeVisible();
    expect(within(row).getByText("contact.firstName | there")).toBeVisible();
    await expectAccessible(screen.getByRole("main"));
  });

  it("say while they are loaded that they are", async () => {
    open({ "GET /api/templates": () => new Promise(() => undefined) });
    expect(await screen.findByText("Loading…")).toBeInTheDocument();
    await expectAccessible(screen.getByRole("main"));
  });

  it("say what they are for while there is none", async () => {
    open({ "GET /api/templates": { templates: [] } });
    expect(await screen.findByText("No template yet")).toBeVisible();
    expect(screen.getByRole("button", { name: "New template" })).toBeVisible();
    await expectAccessible(screen.getByRole("main"));
  });

  it("are asked for again after a failure", async () => {
    let tries = 0;
    open({
      "GET /api/templates": () =>
        ++tries === 1 ? problem(503, "unavailable", "Come back in a moment.") : { templates: [THANKS] },
    });
    expect(await screen.findByText("Come back in a moment.")).toBeVisible();
    await expectAccessible(screen.getByRole("main"));
    await userEvent.click(screen.getByRole("button", { name: "Try again" }));
    expect(await screen.findByRole("button", { name: /^Thank you/ })).toBeVisible();
  });

  it("are only read by viewers", async () => {
    open({ "GET /api/session": aSession("viewer") });
    expect(await screen.findByText("Call missed")).toBeVisible();
    expect(screen.queryByRole("button", { name: /Thank you|New template/ })).not.toBeInTheDocument();
  });

  it("are found by their words once they are many", async () => {
    const many = Array.from({ length: 9 }, (_, index) => ({
      ...THANKS,
      id: `${index}${THANKS.id.slice(1)}`,
      name: `Number ${index}`,
    }));
    open({ "GET /api/templates": { templates: [...many, MISSED] } });
    await userEvent.type(await screen.findByRole("searchbox", { name: "Find a template" }), "missed call");
    expect(screen.getByRole("button", { name: /^Call missed/ })).toBeVisible();
    expect(screen.queryByText("Number 1")).not.toBeInTheDocument();
    await userEvent.type(screen.getByRole("searchbox"), " nowhere");
    expect(screen.getByText("No template has these words.")).toBeVisible();
  });

  it("are deleted once that is confirmed", async () => {
    const path = `/api/templates/${THANKS.id}`;
    const service = open({ [`DELETE ${path}`]: new Response(null, { status: 204 }) });
    await userEvent.click(await screen.findByRole("button", { name: "More for Thank you" }));
    await userEvent.click(await screen.findByRole("menuitem", { name: "Delete" }));
    const dialog = within(await screen.findByRole("dialog", { name: "Delete “Thank you”?" }));
    expect(asked(service, "DELETE", path)).toHaveLength(0);
    await userEvent.click(dialog.getByRole("button", { name: "Delete" }));
    await waitFor(() => expect(asked(service, "DELETE", path)).toHaveLength(1));
    expect(await screen.findByText("“Thank you” is deleted.")).toBeVisible();
  });
});

describe("the form of a template", () => {
  it("shows what a lead gets once one pauses, and asks no more often than that", async () => {
    const service = open();
    const form = await openForm("New template");
    await userEvent.type(form.getByLabelText("Text"), "Good day");
    expect(await form.findByText("made up: Good day")).toBeVisible();
    expect(asked(service, "POST", "/api/templates/preview").length).toBeLessThan(4);
    await expectAccessible();
  });

  it("shows it for a lead of theirs", async () => {
    open();
    const form = await openForm(/^Thank you/);
    await userEvent.selectOptions(
      await form.findByLabelText("As it reaches"),
      await form.findByRole("option", { name: "Ada Lovelace" }),
    );
    expect(await form.findByText(`${aLead().id}: ${THANKS.body}`)).toBeVisible();
  });

  it("counts what an SMS takes, and says when it is too much", async () => {
    open({
      "POST /api/templates/preview": { subject: null, body: "long", segments: { ...SEGMENTS, parts: 7, units: 1_000 } },
    });
    const form = await openForm(/^Call missed/);
    expect(await form.findByText("7 of at most 6 SMS")).toBeVisible();
    expect(form.getByText("Shorten it: it would be refused.")).toBeVisible();
    expect(form.queryByLabelText(/Subject/)).not.toBeInTheDocument();
  });

  it("says at the field which placeholder there is not", async () => {
    const detail = "There is no placeholder {{contact.nme}}; perhaps {{contact.name}} is meant.";
    open({
      "POST /api/templates/preview": () =>
        problem(400, "invalid-body", "Mend it.", { errors: [{ field: "body", detail }] }),
    });
    const form = await openForm(/^Thank you/);
    expect(await form.findByText(detail)).toBeVisible();
    expect(form.getByLabelText("Text")).toBeInvalid();
    expect(form.getByLabelText(/^Subject/)).toBeValid();
    expect(form.getByText("Fix the text first, then the preview appears.")).toBeVisible();
    await expectAccessible();
  });

  it("inserts a placeholder where the caret is, with the words that stand in selected", async () => {
    open();
    const form = await openForm("New template");
    const text = form.getByLabelText<HTMLTextAreaElement>("Text");
    await userEvent.type(text, "Hello !");
    text.setSelectionRange(6, 6);
    await userEvent.click(form.getByRole("button", { name: "Insert a placeholder" }));
    await userEvent.click(await screen.findByRole("menuitem", { name: /First name/ }));
    await waitFor(() => expect(text).toHaveValue("Hello {{contact.firstName | there}}!"));
    await waitFor(() => expect(text).toHaveFocus());
    await userEvent.keyboard("friend");
    expect(text).toHaveValue("Hello {{contact.firstName | friend}}!");
  });

  it("inserts it into the subject when that was written in last", async () => {
    open();
    const form = await openForm("New template");
    await userEvent.type(form.getByLabelText(/^Subject/), "About ");
    await userEvent.click(form.getByRole("button", { name: "Insert a placeholder" }));
    await userEvent.click(await screen.findByRole("menuitem", { name: /Reference/ }));
    await waitFor(() => expect(form.getByLabelText(/^Subject/)).toHaveValue("About {{lead.reference}}"));
    expect(form.getByLabelText("Text")).toHaveValue("");
  });

  it("keeps a new one, under the same key when it is tried again", async () => {
    const keys: (string | null)[] = [];
    const service = open({
      "POST /api/templates": (request: Request) => {
        keys.push(request.headers.get("Idempotency-Key"));
        return keys.length === 1 ? new TypeError("cut off") : { ...THANKS, name: "New" };
      },
    });
    const form = await openForm("New template");
    await userEvent.type(form.getByLabelText("Name"), "New");
    await userEvent.type(form.getByLabelText("Text"), "Hi");
    await userEvent.click(form.getByRole("button", { name: "Save" }));
    expect(await form.findByText(/cannot be reached/)).toBeVisible();
    await userEvent.click(form.getByRole("button", { name: "Save" }));
    await waitFor(() => expect(screen.queryByRole("dialog")).not.toBeInTheDocument());
    expect(keys[0]).toBe(keys[1]);
    expect(asked(service, "POST", "/api/templates")[1]?.body).toEqual({ channel: "email", name: "New", body: "Hi" });
    expect(await screen.findByText("Saved.")).toBeVisible();
  });

  it("says at the name that it is taken, until another is typed", async () => {
    const path = `/api/templates/${THANKS.id}`;
    open({
      [`PUT ${path}`]: () =>
        problem(409, "template-name-taken", "Choose another.", {
          errors: [{ field: "name", detail: "Choose another name." }],
        }),
    });
    const form = await openForm(/^Thank you/);
    await userEvent.click(form.getByRole("button", { name: "Save" }));
    expect(await form.findByText("Choose another name.")).toBeVisible();
    await userEvent.type(form.getByLabelText("Name"), "!");
    expect(form.queryByText("Choose another name.")).not.toBeInTheDocument();
  });

  it("asks before what was typed is lost", async () => {
    open();
    const form = await openForm(/^Thank you/);
    await userEvent.type(form.getByLabelText("Text"), " more");
    await userEvent.keyboard("{Escape}");
    const question = within(await screen.findByRole("dialog", { name: "Leave without saving?" }));
    await userEvent.click(question.getByRole("button", { name: "Cancel" }));
    expect(form.getByLabelText("Text")).toHaveValue(`${THANKS.body} more`);
    await userEvent.click(form.getByRole("button", { name: "Cancel" }));
    await userEvent.click(await screen.findByRole("button", { name: "Leave" }));
    await waitFor(() => expect(screen.queryByRole("dialog")).not.toBeInTheDocument());
  });

  it("closes at once when nothing was typed", async () => {
    open();
    await openForm(/^Thank you/);
    await userEvent.keyboard("{Escape}");
    await waitFor(() => expect(screen.queryByRole("dialog")).not.toBeInTheDocument());
  });
});
