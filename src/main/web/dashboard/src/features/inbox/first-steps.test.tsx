import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, describe, expect, it } from "vitest";

import { progress } from "@/features/inbox/first-steps-progress";
import { applyLead } from "@/leads/cache";
import type { Lead } from "@/leads/lead";
import { expectAccessible } from "../../../test/axe";
import { FUNNEL, playInbox, someLeads } from "../../../test/inbox";
import { giveLayout } from "../../../test/layout";
import { aLead, aLeadInFull } from "../../../test/lead";
import { problem } from "../../../test/service";
import { showAt } from "../../../test/show";

const sent = aLead({ contactName: "Owner" });
const step = async (title: string) => within((await screen.findByRole("heading", { name: title })).closest("li")!);
const accepted = Response.json({ id: sent.id, status: "unread", createdAt: sent.createdAt }, { status: 202 });

beforeEach(() => {
  giveLayout();
  localStorage.clear();
});

async function forget() {
  progress({ isShown: undefined, sentId: undefined, hasTried: undefined });
}

describe("the first steps", () => {
  beforeEach(forget);

  it("stand where there is no lead yet, with the form, its link and its code", async () => {
    playInbox();
    showAt("/inbox");
    expect(await screen.findByRole("heading", { name: "Your first lead" })).toBeInTheDocument();
    expect(screen.getByText("0 of 3 done")).toBeInTheDocument();
    const form = await step("Ask yourself for a call");
    expect(await form.findByRole("link", { name: "Open your form" })).toHaveAttribute(
      "href",
      "https://leads.example/f/demo",
    );
    expect(form.getByRole("img", { name: "QR code of https://leads.example/f/demo" })).toBeInTheDocument();
    await expectAccessible(screen.getByRole("main"));
  });

  it("send a lead through the first open form, and say when it has arrived", async () => {
    const there: Lead[] = [];
    const { asked } = playInbox({
      leads: there,
      more: {
        "POST /api/messages": () => accepted.clone(),
        [`GET /api/messages/${sent.id}`]: () =>
          there.length > 0 ? aLeadInFull({ ...sent }) : problem(404, "not-found", "Not yet."),
      },
    });
    const { client } = showAt("/inbox");
    const form = await step("Ask yourself for a call");
    await userEvent.type(await form.findByLabelText("Your name"), "Owner");
    await userEvent.type(form.getByLabelText("Your phone"), "+61 491 570 006");
    await userEvent.click(form.getByRole("button", { name: "Send it" }));
    expect(await screen.findByText("1 of 3 done")).toBeInTheDocument();
    expect(await screen.findByText("On its way…")).toBeInTheDocument();
    expect(asked.find(({ method }) => method === "POST")!.body).toEqual({
      funnelId: FUNNEL,
      contactName: "Owner",
      contactPhone: "+61 491 570 006",
      message: "A test of mine.",
    });
    there.push(sent);
    applyLead(client, sent);
    expect(await screen.findByText("There it is, in your list.", {}, { timeout: 4_000 })).toBeInTheDocument();
    expect(screen.getByText("2 of 3 done")).toBeInTheDocument();
    expect(screen.getByRole("link", { name: "Open it" })).toHaveAttribute("href", `/inbox/${sent.id}`);
    expect(await screen.findByRole("link", { name: "Unread: Owner" })).toBeInTheDocument();
    await expectAccessible(screen.getByRole("main"));
  });

  it("say beside the field what is wrong", async () => {
    playInbox({
      more: {
        "POST /api/messages": problem(400, "invalid", "Look at the fields.", {
          errors: [{ field: "contactPhone", detail: "Give a phone number." }],
        }),
      },
    });
    showAt("/inbox");
    const form = await step("Ask yourself for a call");
    await userEvent.click(await form.findByRole("button", { name: "Send it" }));
    await waitFor(() => expect(form.getByLabelText("Your phone")).toBeInvalid());
    expect(form.getByText("Give a phone number.")).toBeInTheDocument();
    await expectAccessible(screen.getByRole("main"));
  });

  it("lead to the channels, whose tests are for owners", async () => {
    playInbox({ role: "agent" });
    const { unmount } = showAt("/inbox");
    expect(await screen.findByText(/An owner of the business tests/)).toBeInTheDocument();
    expect(screen.queryByRole("link", { name: "Test the channels" })).not.toBeInTheDocument();
    unmount();
    playInbox();
    const { router } = showAt("/inbox");
    await userEvent.click(await screen.findByRole("link", { name: "Test the channels" }));
    await waitFor(() => expect(router.state.location.pathname).toBe("/settings/channels"));
    await router.navigate({ to: "/inbox", search: {} });
    expect(await screen.findByText("1 of 3 done")).toBeInTheDocument();
  });

  it("go when somebody has enough of them, stay away, and come back with h f", async () => {
    playInbox();
    const { unmount } = showAt("/inbox");
    await userEvent.click(await screen.findByRole("button", { name: "Go to the inbox" }));
    expect(screen.queryByRole("heading", { name: "Your first lead" })).not.toBeInTheDocument();
    expect(screen.getByText("Choose a lead")).toBeInTheDocument();
    unmount();
    showAt("/inbox");
    expect(await screen.findByText("Choose a lead")).toBeInTheDocument();
    await userEvent.keyboard("gf");
    expect(await screen.findByRole("heading", { name: "Your first lead" })).toBeInTheDocument();
  });

  it("are not in the way of those who have leads", async () => {
    playInbox({ leads: someLeads(1) });
    showAt("/inbox");
    expect(await screen.findByText("Choose a lead")).toBeInTheDocument();
    expect(screen.queryByRole("heading", { name: "Your first lead" })).not.toBeInTheDocument();
  });
});
