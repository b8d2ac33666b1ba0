import { screen, waitFor, within } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { beforeEach, describe, expect, it, vi } from "vitest";

import { lastDays } from "@/features/analytics/range";
import type { Figures, LeadFigures } from "@/features/analytics/texts";
import { expectAccessible } from "../../../test/axe";
import { playService, problem } from "../../../test/service";
import { aSession } from "../../../test/session";
import { showAt } from "../../../test/show";

const FUNNEL = "0d3c6f5e-8a51-4d0e-9a44-5f1f3c0b7a10";
const MEMBER = "8dd23166-f785-4875-88fd-689f26b99b1c";
const COUNTED: LeadFigures = {
  received: 1_200,
  held: 3,
  notified: 1_190,
  acknowledged: 900,
  responded: 600,
  reached: 480,
  slaMet: 800,
  slaMissed: 200,
  acknowledgementRate: 0.75,
  secondsToAcknowledge: { median: 240, p90: 3_600, medianOpen: 120, p90Open: 1_800 },
  secondsToRespond: { median: 7_200, p90: 86_400, medianOpen: 3_600, p90Open: 7_200 },
};
const FIGURES: Figures = {
  from: "2026-10-24",
  to: "2026-11-22",
  timeZone: "Australia/Sydney",
  total: COUNTED,
  days: [
    { ...COUNTED, day: "2026-11-21", received: 40, acknowledged: 30 },
    { ...COUNTED, day: "2026-11-22", received: 41, acknowledged: 31 },
  ],
  intervals: [
    { ...COUNTED, from: "2026-11-21", to: "2026-11-21", received: 40, acknowledged: 30 },
    { ...COUNTED, from: "2026-11-22", to: "2026-11-22", received: 41, acknowledged: 31 },
  ],
  members: [
    { ...COUNTED, memberId: MEMBER, received: 700 },
    { ...COUNTED, memberId: null, received: 500 },
  ],
  sources: [
    { ...COUNTED, source: "google", received: 800 },
    { ...COUNTED, source: null, received: 400 },
  ],
  campaigns: [{ ...COUNTED, campaign: null }],
  outcomes: [
    { ...COUNTED, outcome: "reached", received: 480 },
    { ...COUNTED, outcome: null, received: 720 },
  ],
  missedByHour: Array.from({ length: 24 }, (_, hour) => (hour === 7 ? 12 : 0)),
  funnels: [{ ...COUNTED, funnelId: FUNNEL, name: "Solar" }],
  priorities: [{ ...COUNTED, priority: "urgent" }],
  channels: [
    { channel: "email", accepted: 100, waiting: 1, sent: 9, delivered: 88, failed: 2, cancelled: 0, successRate: 0.98 },
  ],
  heatMap: Array.from({ length: 7 }, (_, weekday) => Array.from({ length: 24 }, (_, hour) => weekday + hour)),
  promise: [{ name: "acknowledged", unit: "share", target: 0.9, actual: 0.75, kept: false }],
};
/** The thirty days before. */
const BEFORE: Figures = {
  ...FIGURES,
  from: "2026-09-24",
  to: "2026-10-23",
  total: { ...COUNTED, received: 1_000, slaMet: 900, slaMissed: 100, reached: 400 },
};
const NOTHING: Figures = { ...FIGURES, total: { ...COUNTED, received: 0, held: 0 } };

function open(answers: Record<string, unknown> = {}, address = "/analytics") {
  const service = playService({
    "GET /api/session": aSession("owner"),
    "GET /api/members": [{ id: MEMBER, email: "kim@example.com", role: "agent", createdAt: null }],
    "GET /api/analytics": ({ url }: Request) => (url.includes(`to=${BEFORE.to}`) ? BEFORE : FIGURES),
    "GET /api/funnels": { funnels: [{ id: FUNNEL, name: "Solar", title: null, slug: "solar" }] },
    ...answers,
  });
  return { ...service, ...showAt(address) };
}

const asked = (service: ReturnType<typeof open>) =>
  service.asked
    .filter(({ path, query }) => path === "/api/analytics" && query.get("to") !== BEFORE.to)
    .map(({ query }) => Object.fromEntries(query));

const figure = (name: string) => screen.getByText(name, { selector: "dt" }).closest("div")!;

// jsdom lays nothing out, and the charts ask how much room they have.
beforeEach(() =>
  vi.stubGlobal(
    "ResizeObserver",
    class {
      observe() {}
      unobserve() {}
      disconnect() {}
    },
  ),
);

describe("analytics", () => {
  it("say how many leads came, how many were taken on, and how fast", async () => {
    open();
    expect(await screen.findByText("plus 3 spam")).toBeVisible();
    expect(figure("Received")).toHaveTextContent("1,200");
    expect(figure("On time")).toHaveTextContent("80%");
    expect(figure("Reached")).toHaveTextContent("480 of 1,200");
    expect(screen.getByRole("region", { name: "By funnel" })).toHaveTextContent("Solar");
    // The names of members come by a request of their own.
    await waitFor(() =>
      expect(screen.getByRole("region", { name: "By person" })).toHaveTextContent(/kim.*700.*Unassigned.*500/),
    );
    expect(screen.getByRole("region", { name: "By source" })).toHaveTextContent(/google.*800.*No source.*400/);
    expect(screen.getByText(/88 delivered, 9 sent, 1 waiting, 2 failed/)).toBeVisible();
    expect(screen.getByText("Leads acknowledged")).toBeVisible();
    await screen.findByRole("button", { name: "Leads per day: Show as a table" });
    await expectAccessible(screen.getByRole("main"));
  });

  it("are compared with the period before", async () => {
    open();
    expect(await screen.findByText("Compared with the 30 days before")).toBeVisible();
    expect(figure("Received")).toHaveTextContent("Up 20%");
    expect(figure("On time")).toHaveTextContent("Down 10 pts");
    expect(figure("Time to acknowledge")).toHaveTextContent("No change");
  });

  it.each([
    ["1,200", {}],
    ["200 late", { sla: "missed" }],
    ["700", { assignee: MEMBER }],
    ["500", { assignee: "nobody" }],
    ["800", { source: "google" }],
    ["720", { outcome: "none" }],
  ])("lead from %s to those leads in the inbox", async (name, only) => {
    open({}, `/analytics?funnel=${FUNNEL}`);
    // The first is the total; the same number may stand in a table below.
    const [link] = await screen.findAllByRole("link", { name });
    const query = new URL(link!.getAttribute("href")!, location.origin).searchParams;
    expect(Object.fromEntries(query)).toEqual({
      view: "all",
      from: "2026-10-23T13:00:00.000Z",
      to: "2026-11-22T13:00:00.000Z",
      funnel: FUNNEL,
      ...only,
    });
  });

  it("are shown by the month where a year is looked at", async () => {
    const year = lastDays(365);
    const page = open({ "GET /api/analytics": { ...FIGURES, ...year } }, `/analytics?from=${year.from}&to=${year.to}`);
    expect(await screen.findByRole("heading", { name: "Leads per month" })).toBeVisible();
    expect(asked(page)[0]).toEqual({ ...year, interval: "month" });
  });

  it("are tables for whoever wants the numbers", async () => {
    open();
    await userEvent.click(await screen.findByRole("button", { name: "Leads per day: Show as a table" }));
    const table = within(screen.getByRole("region", { name: "Leads per day" }));
    expect(
      table.getAllByRole("row").map((row) =>
        within(row)
          .queryAllByRole("cell")
          .map((cell) => cell.textContent),
      ),
    ).toEqual([[], [expect.stringMatching(/21/), "40", "30"], [expect.stringMatching(/22/), "41", "31"]]);
    await expectAccessible(screen.getByRole("main"));
  });

  it("count opening hours only, where that is wanted", async () => {
    open();
    await screen.findByText("200 late");
    expect(figure("Time to acknowledge")).toHaveTextContent("4 min");
    await userEvent.click(screen.getByRole("checkbox", { name: "Count opening hours only" }));
    expect(figure("Time to acknowledge")).toHaveTextContent("2 min");
  });

  it("are of the last thirty days, until another time stands in the address", async () => {
    const page = open();
    await screen.findByText("200 late");
    expect(asked(page)).toEqual([{}]);
    await userEvent.selectOptions(screen.getByRole("combobox", { name: "Time" }), "Last 7 days");
    await waitFor(() => expect(asked(page).at(-1)).toEqual(lastDays(7)));
    expect(page.router.state.location.search).toEqual(lastDays(7));
    await userEvent.selectOptions(screen.getByRole("combobox", { name: "Time" }), "Choose days…");
    expect(await screen.findByLabelText("From")).toHaveValue(lastDays(14).from);
  });

  it("are of one funnel, which stands in the address too", async () => {
    const page = open();
    await screen.findByRole("option", { name: "Solar" });
    await userEvent.selectOptions(screen.getByRole("combobox", { name: "Funnel" }), "Solar");
    await waitFor(() => expect(asked(page).at(-1)).toEqual({ funnel: FUNNEL }));
    expect(page.router.state.location.search).toEqual({ funnel: FUNNEL });
  });

  it("lead to their leads as a file: of those days where the business is", async () => {
    open({}, `/analytics?funnel=${FUNNEL}`);
    const link = await screen.findByRole("link", { name: "Export leads" });
    const query = new URL(link.getAttribute("href")!, location.origin).searchParams;
    expect(Object.fromEntries(query)).toEqual({
      format: "csv",
      columns: "readable",
      bom: "true",
      from: "2026-10-23T13:00:00.000Z",
      to: "2026-11-22T13:00:00.000Z",
      funnel: FUNNEL,
    });
  });

  it("say in the service's words what is wrong with the days", async () => {
    open(
      {
        "GET /api/analytics": () =>
          problem(400, "bad", "Fix it and send the request again.", {
            errors: [{ field: "from", detail: "Ask for 400 days at most." }],
          }),
      },
      "/analytics?from=2020-01-01&to=2026-01-01",
    );
    expect(await screen.findByText("Ask for 400 days at most.")).toBeVisible();
    expect(screen.queryByRole("link", { name: "Export leads" })).not.toBeInTheDocument();
    expect(screen.getByRole("combobox", { name: "Time" })).toBeVisible();
    await expectAccessible(screen.getByRole("main"));
  });

  it("are no file for viewers, who may not export", async () => {
    open({ "GET /api/session": aSession("viewer") });
    await screen.findByText("200 late");
    expect(screen.queryByRole("link", { name: "Export leads" })).not.toBeInTheDocument();
  });

  it("say that nothing came in", async () => {
    open({ "GET /api/analytics": NOTHING });
    expect(await screen.findByText("No leads in this period")).toBeVisible();
    await expectAccessible(screen.getByRole("main"));
  });

  it("say that nothing was acknowledged, instead of an empty chart", async () => {
    const never = { median: null, p90: null, medianOpen: null, p90Open: null };
    const intervals = FIGURES.intervals.map((each) => ({ ...each, acknowledged: 0, secondsToAcknowledge: never }));
    open({ "GET /api/analytics": { ...FIGURES, intervals } });
    expect(await screen.findByText("None acknowledged in this period yet")).toBeVisible();
    await expectAccessible(screen.getByRole("main"));
  });

  it("say while they are counted that they are", async () => {
    open({ "GET /api/analytics": () => new Promise(() => undefined) });
    expect(await screen.findByText("Loading…")).toBeInTheDocument();
    await expectAccessible(screen.getByRole("main"));
  });
});
