import { screen, waitFor } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import { expectAccessible } from "../../../test/axe";
import { PERSONAL } from "../../../test/preferences";
import { playService, problem } from "../../../test/service";
import { aSession } from "../../../test/session";
import { showAt } from "../../../test/show";

const PATH = "/api/push-devices";
const PREFERENCES = {
  email: { newMessages: true, dailySummary: true, weeklySummary: false, emptySummary: false },
  sms: { urgentOnly: false },
  screen: { badge: true, toast: true, sound: "once" },
  personal: PERSONAL,
};
const PHONE = { id: "phone", label: "Chrome on Android", createdAt: "2026-11-22T03:04:05.123Z", lastAcceptedAt: null };
const SUBSCRIPTION = { endpoint: "https://push.example.net/1", keys: { p256dh: "key", auth: "secret" } };

/** A browser with push, in which the person answers so when it asks. */
function browser(permission: NotificationPermission, subscribed = false) {
  const subscription = { toJSON: () => SUBSCRIPTION, unsubscribe: vi.fn() };
  const pushManager = {
    subscribe: vi.fn(() => {
      subscribed = true;
      return Promise.resolve(subscription);
    }),
    getSubscription: () => Promise.resolve(subscribed ? subscription : null),
  };
  vi.stubGlobal("PushManager", class {});
  vi.stubGlobal("Notification", { permission, requestPermission: () => Promise.resolve(permission) });
  const registration = { pushManager };
  Object.defineProperty(navigator, "serviceWorker", {
    configurable: true,
    value: {
      register: () => Promise.resolve(registration),
      ready: Promise.resolve(registration),
      getRegistration: () => Promise.resolve(registration),
    },
  });
  return pushManager;
}

function open(answers: Record<string, unknown>) {
  const service = playService({
    "GET /api/session": aSession("agent"),
    "GET /api/notification-preferences": PREFERENCES,
    "GET /api/channels": { channels: [] },
    "GET /api/notification-addresses": { items: [] },
    ...answers,
  });
  showAt("/settings/notifications");
  return service;
}

const here = () => screen.findByRole("switch", { name: "On this device" });

describe("push notifications", () => {
  beforeEach(() => localStorage.clear());
  afterEach(() => {
    Reflect.deleteProperty(navigator, "serviceWorker");
    vi.unstubAllGlobals();
  });

  it("are switched on by a click: the browser subscribes with the key, and the service stores it", async () => {
    const pushManager = browser("granted");
    let devices: object[] = [];
    const service = open({
      [`GET ${PATH}`]: () => ({ publicKey: "public", devices }),
      [`POST ${PATH}`]: () => {
        devices = [PHONE];
        return PHONE;
      },
    });
    expect(await here()).not.toBeChecked();
    await userEvent.click(await here());
    await waitFor(async () => expect(await here()).toBeChecked());
    expect(pushManager.subscribe).toHaveBeenCalledWith({ userVisibleOnly: true, applicationServerKey: "public" });
    const sent = service.asked.find(({ method, path }) => method === "POST" && path === PATH);
    expect(sent?.body).toMatchObject(SUBSCRIPTION);
    expect(screen.getByText("Chrome on Android")).toBeVisible();
    await expectAccessible(screen.getByRole("main"));
  });

  it("stay off where the person refuses, and say what to do", async () => {
    browser("default");
    open({ [`GET ${PATH}`]: { publicKey: "public", devices: [] } });
    await userEvent.click(await here());
    expect(await screen.findByText(/did not allow it/)).toBeVisible();
    expect(await here()).not.toBeChecked();
  });

  it("cannot be switched on where the browser blocks or lacks them", async () => {
    browser("denied");
    open({ [`GET ${PATH}`]: { publicKey: "public", devices: [] } });
    expect(await here()).toBeDisabled();
    expect(screen.getByText(/blocks notifications/)).toBeVisible();
  });

  it("of other devices are tested and removed", async () => {
    browser("granted");
    let devices: object[] = [{ ...PHONE, lastAcceptedAt: "2026-11-23T09:10:11.121Z" }];
    const service = open({
      [`GET ${PATH}`]: () => ({ publicKey: "public", devices }),
      [`POST ${PATH}/phone/test`]: {},
      [`DELETE ${PATH}/phone`]: () => {
        devices = [];
        return new Response(null, { status: 204 });
      },
    });
    await userEvent.click(await screen.findByRole("button", { name: "Send a test to Chrome on Android" }));
    expect(await screen.findByText("The test is on its way.")).toBeVisible();
    await userEvent.click(screen.getByRole("button", { name: "Remove Chrome on Android" }));
    await waitFor(() => expect(screen.queryByText("Chrome on Android")).not.toBeInTheDocument());
    expect(service.asked.map(({ method, path }) => `${method} ${path}`)).toContain(`DELETE ${PATH}/phone`);
  });

  it("say why where the service refuses", async () => {
    browser("granted");
    open({
      [`GET ${PATH}`]: { publicKey: "public", devices: [] },
      [`POST ${PATH}`]: () => problem(409, "too-many-devices", "Remove a device that you no longer use."),
    });
    await userEvent.click(await here());
    expect(await screen.findByText("Remove a device that you no longer use.")).toBeVisible();
  });
});
