import { renderHook, waitFor } from "@testing-library/react";
import { QueryClientProvider } from "@tanstack/react-query";
import { beforeEach, describe, expect, it } from "vitest";

import { useLeadActions } from "@/leads/actions";
import { applyLead } from "@/leads/cache";
import type { Lead } from "@/leads/lead";
import type { Pages } from "@/leads/placement";
import { leadKeys } from "@/leads/queries";
import { useNotices } from "@/lib/notify";
import { newQueryClient } from "@/lib/query-client";
import { aLead, aLeadInFull } from "../../test/lead";
import { playService, problem } from "../../test/service";

const WAITING = { status: ["unread", "read"] } as never;
const ada = aLead({ id: "ada" });

function working() {
  const client = newQueryClient();
  client.setQueryData<Pages>(leadKeys.list(WAITING, "newest"), {
    pages: [{ items: [ada], next: null }],
    pageParams: [""],
  });
  client.setQueryData(leadKeys.detail("ada"), aLeadInFull({ ...ada }));
  const { result } = renderHook(useLeadActions, {
    wrapper: ({ children }) => <QueryClientProvider client={client}>{children}</QueryClientProvider>,
  });
  const shown = () => client.getQueryData<Lead>(leadKeys.detail("ada"))!;
  const listed = () =>
    client
      .getQueryData<Pages>(leadKeys.list(WAITING, "newest"))!
      .pages.flatMap((page) => page.items.map((each) => each.id));
  return { client, actions: result.current, shown, listed };
}

const notices = () => useNotices.getState().notices;

beforeEach(() => useNotices.setState({ notices: [] }));

describe("what people do with a lead", () => {
  it("is shown before the service has answered, then as it has answered", async () => {
    let answer!: (lead: unknown) => void;
    playService({ "POST /api/messages/ada/acknowledge": () => new Promise((resolve) => (answer = resolve)) });
    const { actions, shown, listed } = working();
    const done = actions.acknowledge("ada");
    expect(shown().status).toBe("acknowledged");
    expect(listed()).toEqual([]);
    await waitFor(() => expect(answer).toBeDefined());
    answer(aLeadInFull({ ...ada, status: "acknowledged", acknowledgedBy: "kim", revision: 2 }));
    await done;
    expect(shown()).toMatchObject({ acknowledgedBy: "kim", revision: 2 });
    expect(notices().map((each) => each.title)).toEqual(["Acknowledged: it is yours."]);
  });

  it("is taken back with the service's own words where it says no", async () => {
    playService({
      "POST /api/messages/ada/archive": problem(409, "held", "Release it first."),
    });
    const { actions, shown, listed, client } = working();
    expect(await actions.archive("ada")).toBeUndefined();
    expect(shown().status).toBe("unread");
    expect(listed()).toEqual(["ada"]);
    expect(notices()).toMatchObject([{ title: "Release it first.", tone: "danger" }]);
    // Somebody knows better what it is now.
    expect(client.getQueryState(leadKeys.detail("ada"))?.isInvalidated).toBe(true);
  });

  it("is taken back where the service cannot be reached, and keeps what came meanwhile", async () => {
    playService({ "POST /api/messages/ada/archive": new TypeError("failed to fetch") });
    const { actions, shown, client } = working();
    const done = actions.archive("ada");
    applyLead(client, { ...ada, priority: "urgent", revision: 2 });
    await done;
    expect(shown()).toMatchObject({ status: "unread", priority: "urgent", revision: 2 });
    expect(notices()).toMatchObject([{ title: "The service cannot be reached. Try again in a moment." }]);
  });

  it("is not undone by an answer that is older than what was told meanwhile", async () => {
    playService({
      "POST /api/messages/ada/acknowledge": aLeadInFull({ ...ada, status: "acknowledged", revision: 2 }),
    });
    const { actions, shown, client } = working();
    const done = actions.acknowledge("ada");
    applyLead(client, { ...ada, status: "archived", revision: 3 });
    await done;
    expect(shown()).toMatchObject({ status: "archived", revision: 3 });
  });

  it("can be taken back by whoever did it", async () => {
    const { asked } = playService({
      "POST /api/messages/ada/archive": aLeadInFull({ ...ada, status: "archived", revision: 2 }),
      "POST /api/messages/ada/undo": { done: 1, failed: [] },
    });
    const { actions, listed } = working();
    await actions.archive("ada");
    expect(listed()).toEqual([]);
    notices()[0]!.action!.run();
    await waitFor(() => expect(notices().at(-1)!.title).toBe("Undone."));
    expect(asked.map((each) => each.path)).toEqual(["/api/messages/ada/archive", "/api/messages/ada/undo"]);
    // The very change, and not what may have been done since.
    expect(asked[1]!.query.get("revision")).toBe("2");
  });

  it("goes back to whom it was given, or to nobody", async () => {
    const { asked } = playService({
      "PUT /api/messages/ada/assignee": async (request: Request) => {
        const { memberId } = (await request.json()) as { memberId: string | null };
        return aLeadInFull({ ...ada, assignedTo: memberId, revision: 2 });
      },
      "POST /api/messages/ada/undo": { done: 1, failed: [] },
    });
    const { actions, shown } = working();
    await actions.assign("ada", "kim");
    expect(shown().assignedTo).toBe("kim");
    notices()[0]!.action!.run();
    await waitFor(() => expect(notices().at(-1)!.title).toBe("Undone."));
    expect(asked.map((each) => each.path)).toEqual(["/api/messages/ada/assignee", "/api/messages/ada/undo"]);
  });
});
