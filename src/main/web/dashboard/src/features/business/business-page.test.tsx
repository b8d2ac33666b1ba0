import { fireEvent, screen, waitFor, within } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { describe, expect, it } from "vitest";

import type { Settings } from "@/features/business/settings";
import { expectAccessible } from "../../../test/axe";
import { playService, problem } from "../../../test/service";
import { aSession } from "../../../test/session";
import { showAt } from "../../../test/show";

const SETTINGS: Settings = {
  name: "Harbour Street Solar",
  timeZone: "Australia/Sydney",
  retentionMonths: 24,
  answerWithinMinutes: 60,
  timeZoneKnown: true,
  holidays: [{ date: "2026-12-25", name: "Christmas Day", spans: [] }],
  quietHours: { mode: "off", spans: [], urgentBreaksThrough: true },
  asksForTime: false,
  businessHours: [1, 2, 3, 4, 5].map((weekday) => ({ weekday, opens: "09:00", closes: "17:00" })),
};

function open(answers: Record<string, unknown> = {}) {
  const service = playService({
    "GET /api/session": aSession("owner"),
    "GET /api/settings": SETTINGS,
    "PATCH /api/settings": async (request: Request) => ({
      ...SETTINGS,
      ...((await request.json()) as Partial<Settings>),
    }),
    ...answers,
  });
  return { ...service, ...showAt("/settings/business") };
}

const sent = ({ asked }: ReturnType<typeof open>) =>
  asked.filter((each) => each.method === "PATCH").map(({ body }) => body);

async function type(label: string | RegExp, text: string) {
  const field = await screen.findByLabelText(label);
  await userEvent.clear(field);
  await userEvent.type(field, text);
}

const save = () => userEvent.click(screen.getByRole("button", { name: "Save" }));

describe("the business's settings", () => {
  it("show what holds, with what follows from it", async () => {
    open();
    expect(await screen.findByLabelText("Keep leads for")).toHaveValue(24);
    expect(screen.getByLabelText("Answer a new lead within")).toHaveValue(1);
    expect(screen.getByLabelText("Unit")).toHaveValue("hours");
    expect(screen.getByText(/Urgent ones within 15 min/)).toBeVisible();
    expect(screen.getByLabelText("Monday, opening 1")).toHaveValue("09:00");
    expect(screen.getAllByText("Closed")).toHaveLength(2);
    expect(screen.queryByRole("button", { name: "Save" })).not.toBeInTheDocument();
    await expectAccessible(screen.getByRole("main"));
  });

  it("send only what was changed", async () => {
    const page = open();
    await type("Keep leads for", "12");
    await userEvent.selectOptions(screen.getByLabelText("Unit"), "minutes");
    await save();
    expect(await screen.findByText("Saved.")).toBeVisible();
    expect(sent(page)).toEqual([{ retentionMonths: 12, answerWithinMinutes: 1 }]);
    expect(screen.queryByRole("button", { name: "Save" })).not.toBeInTheDocument();
  });

  it("warn before leads are kept for less long", async () => {
    open();
    await type("Keep leads for", "6");
    expect(screen.getByText(/Leads older than 6 months are archived/)).toBeVisible();
    await type("Keep leads for", "36");
    expect(screen.queryByText(/Leads older than/)).not.toBeInTheDocument();
  });

  it("take several hours on a day, and midnight as its end", async () => {
    const page = open();
    await userEvent.click(await screen.findByRole("button", { name: "Add hours on Monday" }));
    expect(screen.getByLabelText("Monday, opening 2")).toHaveValue("18:00");
    fireEvent.change(screen.getByLabelText("Monday, closing 2"), { target: { value: "00:00" } });
    await userEvent.click(screen.getByRole("button", { name: "Remove hours 1 of Friday" }));
    await save();
    await waitFor(() => expect(sent(page)).toHaveLength(1));
    const [{ businessHours }] = sent(page) as [{ businessHours: Settings["businessHours"] }];
    expect(businessHours).toHaveLength(5);
    expect(businessHours[1]).toEqual({ weekday: 1, opens: "18:00", closes: "24:00" });
    expect(businessHours.some(({ weekday }) => weekday === 5)).toBe(false);
  });

  it("copy the hours of a day to others", async () => {
    open();
    await userEvent.click(await screen.findByRole("button", { name: "Copy the hours of Monday" }));
    await userEvent.click(await screen.findByRole("menuitem", { name: "To every day" }));
    expect(screen.getByLabelText("Sunday, opening 1")).toHaveValue("09:00");
    expect(screen.queryByText("Closed")).not.toBeInTheDocument();
  });

  it("hold notifications back at night, and know the days that differ", async () => {
    const page = open();
    await userEvent.selectOptions(await screen.findByLabelText("Notifications wait"), "At these times");
    await userEvent.click(screen.getByRole("button", { name: "Add quiet hours on Monday" }));
    expect(screen.getByLabelText("Monday, quiet from 1")).toHaveValue("22:00");
    expect(screen.getByText("Ends on the next day.")).toBeVisible();
    await userEvent.click(screen.getByRole("switch", { name: "Urgent leads are notified at once" }));
    await userEvent.click(screen.getByRole("button", { name: "Add a holiday" }));
    fireEvent.change(screen.getByLabelText("Holiday 2, date"), { target: { value: "2026-12-24" } });
    await save();
    expect(screen.getByText("Give the day, a name and both times.")).toBeVisible();
    expect(sent(page)).toHaveLength(0);
    await userEvent.type(screen.getByLabelText("Holiday 2, name"), "Christmas Eve");
    await userEvent.selectOptions(screen.getByLabelText("Holiday 2, closed or open"), "Open at");
    await expectAccessible(screen.getByRole("main"));
    await save();
    await waitFor(() => expect(sent(page)).toHaveLength(1));
    expect(sent(page)[0]).toEqual({
      holidays: [
        { date: "2026-12-25", name: "Christmas Day", spans: [] },
        { date: "2026-12-24", name: "Christmas Eve", spans: [{ opens: "09:00", closes: "12:00" }] },
      ],
      quietHours: {
        mode: "spans",
        spans: [{ weekday: 1, begins: "22:00", ends: "07:00" }],
        urgentBreaksThrough: false,
      },
    });
  });

  it("say beside a holiday what is wrong with it, and that a time zone is forgotten", async () => {
    const errors = [{ field: "holidays.0", detail: "This day is listed twice: join both." }];
    open({
      "GET /api/settings": { ...SETTINGS, timeZoneKnown: false },
      "PATCH /api/settings": () => problem(400, "invalid-body", "Mend it.", { errors }),
    });
    await userEvent.type(await screen.findByLabelText("Holiday 1, name"), "!");
    expect(screen.getByText(/does not know this time zone any more/)).toBeVisible();
    await save();
    expect(await screen.findByText(errors[0]!.detail)).toBeVisible();
    expect(screen.getByLabelText("Holiday 1, name")).toBeInvalid();
  });

  it("say what holds when there are no hours at all", async () => {
    open();
    for (const day of ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday"]) {
      await userEvent.click(await screen.findByRole("button", { name: `Remove hours 1 of ${day}` }));
    }
    expect(screen.getByText(/If no hours are given, figures count Monday to Friday/)).toBeVisible();
  });

  it("are not sent with half of an hour's pair", async () => {
    const page = open();
    await userEvent.click(await screen.findByRole("button", { name: "Add hours on Tuesday" }));
    await save();
    expect(screen.getByRole("alert")).toHaveTextContent("Give both times.");
    expect(screen.getByLabelText("Tuesday, closing 2")).toBeInvalid();
    expect(screen.getByText("Correct the marked fields, then save.")).toBeVisible();
    expect(sent(page)).toHaveLength(0);
    await expectAccessible(screen.getByRole("main"));
  });

  it("say beside the very hours what is wrong with them, though others go meanwhile", async () => {
    const errors = [{ field: "businessHours.2", detail: "Give a time to close that is after the opening." }];
    open({ "PATCH /api/settings": () => problem(400, "invalid-body", "Mend it.", { errors }) });
    fireEvent.change(await screen.findByLabelText("Wednesday, closing 1"), { target: { value: "08:00" } });
    await save();
    expect(await screen.findByText("Give a time to close that is after the opening.")).toBeVisible();
    expect(screen.getByLabelText("Wednesday, closing 1")).toBeInvalid();
    expect(screen.getByLabelText("Tuesday, closing 1")).toBeValid();
    await userEvent.click(screen.getByRole("button", { name: "Remove hours 1 of Monday" }));
    expect(screen.getByLabelText("Wednesday, closing 1")).toBeInvalid();
    expect(screen.getByLabelText("Thursday, closing 1")).toBeValid();
  });

  it("say at the field what the service refuses", async () => {
    const errors = [{ field: "timeZone", detail: "Give the name of a time zone, such as Australia/Sydney or UTC." }];
    open({ "PATCH /api/settings": () => problem(400, "invalid-body", "Mend it.", { errors }) });
    await type("Time zone", "Mars/Base");
    await save();
    expect(await screen.findByText(errors[0]!.detail)).toBeVisible();
    expect(screen.getByLabelText("Time zone")).toBeInvalid();
  });

  it("go back to what they were", async () => {
    const page = open();
    await type(/^Name/, "Another");
    await userEvent.click(screen.getByRole("button", { name: "Discard" }));
    expect(screen.getByLabelText(/^Name/)).toHaveValue(SETTINGS.name);
    expect(sent(page)).toHaveLength(0);
  });

  it("ask before a change is left behind", async () => {
    const page = open();
    await type("Keep leads for", "12");
    void page.router.navigate({ to: "/settings/members" });
    const question = within(await screen.findByRole("dialog", { name: "Leave without saving?" }));
    await expectAccessible();
    await userEvent.click(question.getByRole("button", { name: "Cancel" }));
    expect(screen.getByLabelText("Keep leads for")).toHaveValue(12);
    void page.router.navigate({ to: "/settings/members" });
    await userEvent.click(await screen.findByRole("button", { name: "Leave" }));
    expect(await screen.findByRole("heading", { name: "People" })).toBeVisible();
  });

  it("are left without a question when nothing was changed", async () => {
    const page = open();
    await screen.findByLabelText("Keep leads for");
    void page.router.navigate({ to: "/settings/members" });
    expect(await screen.findByRole("heading", { name: "People" })).toBeVisible();
  });

  it("do not undo what somebody else changed meanwhile", async () => {
    let name = "Harbour Street Solar";
    const page = open({ "GET /api/settings": () => ({ ...SETTINGS, name }) });
    await type("Keep leads for", "12");
    name = "Renamed";
    await page.client.invalidateQueries({ queryKey: ["business-settings"] });
    await save();
    await waitFor(() => expect(sent(page)).toEqual([{ retentionMonths: 12 }]));
  });

  it("take over what somebody else changed, while nothing is being changed here", async () => {
    let name = "Harbour Street Solar";
    const page = open({ "GET /api/settings": () => ({ ...SETTINGS, name }) });
    expect(await screen.findByDisplayValue("Harbour Street Solar")).toBeVisible();
    name = "Renamed";
    await page.client.invalidateQueries({ queryKey: ["business-settings"] });
    expect(await screen.findByDisplayValue("Renamed")).toBeVisible();
  });

  it("are only read by those who own nothing", async () => {
    open({ "GET /api/session": aSession("viewer") });
    expect(await screen.findByText("Only owners can change these settings.")).toBeVisible();
    expect(screen.getByLabelText("Keep leads for")).toBeDisabled();
    expect(screen.getByLabelText("Monday, opening 1")).toBeDisabled();
    expect(screen.queryByRole("button", { name: /Add hours|Copy|Remove hours/ })).not.toBeInTheDocument();
    await expectAccessible(screen.getByRole("main"));
  });

  it("say while they are loaded that they are, and why they cannot be", async () => {
    let answer: (value: unknown) => void = () => undefined;
    open({ "GET /api/settings": () => new Promise((resolve) => (answer = resolve)) });
    expect(await screen.findByText("Loading…")).toBeInTheDocument();
    await expectAccessible(screen.getByRole("main"));
    answer(problem(503, "unavailable", "Not now."));
    expect(await screen.findByText("Not now.")).toBeVisible();
    await expectAccessible(screen.getByRole("main"));
  });
});
