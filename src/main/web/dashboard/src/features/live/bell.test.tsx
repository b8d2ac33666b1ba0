import { act, fireEvent, screen } from "@testing-library/react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import { MuteButton } from "@/features/live/mute-button";
import { ring, silence, silenceAll, useRinging } from "@/features/live/ringing";
import { useBell } from "@/features/live/use-bell";
import { applyLead } from "@/leads/cache";
import { leadKeys } from "@/leads/queries";
import { type Preferences, preferencesQuery } from "@/leads/preferences";
import { mute, useMuted } from "@/lib/muted";
import { appAnswers } from "../../../test/app";
import { expectAccessible } from "../../../test/axe";
import { aLead, aLeadInFull } from "../../../test/lead";
import { PERSONAL } from "../../../test/preferences";
import { playService } from "../../../test/service";
import { show } from "../../../test/show";

let notes: number;

/** As much of the platform's sound as is used; each chime has two notes. */
function hearing() {
  notes = 0;
  const param = { setValueAtTime: () => undefined, exponentialRampToValueAtTime: () => undefined };
  vi.stubGlobal(
    "AudioContext",
    class {
      state = "running";
      currentTime = 0;
      destination = {};
    },
  );
  vi.stubGlobal(
    "GainNode",
    class {
      gain = param;
      connect() {}
    },
  );
  vi.stubGlobal(
    "OscillatorNode",
    class {
      connect(to: unknown) {
        return to;
      }
      start() {
        notes++;
      }
      stop() {}
    },
  );
}

/** One lock for all, given to whoever asked first. */
function locks() {
  const queue: (() => void)[] = [];
  let isHeld = false;
  const request = async (_: string, { signal }: { signal: AbortSignal }, run: () => Promise<void>) => {
    if (isHeld) {
      await new Promise<void>((resolve) => queue.push(resolve));
    }
    if (!signal.aborted) {
      isHeld = true;
      await run();
      isHeld = false;
    }
    queue.shift()?.();
  };
  Object.defineProperty(navigator, "locks", { value: { request }, configurable: true });
}

function Bell() {
  useBell();
  return <MuteButton />;
}

const pass = (seconds: number) => act(() => vi.advanceTimersByTimeAsync(seconds * 1_000));
const chimes = () => notes / 2;

type Sound = Preferences["screen"]["sound"];

const preferring = (sound: Sound) => ({
  email: { newMessages: true, dailySummary: true, weeklySummary: true, emptySummary: false },
  sms: { urgentOnly: false },
  screen: { badge: true, toast: true, sound },
  personal: PERSONAL,
});

async function bell({ touched = true, sound = "until-read" as Sound } = {}) {
  playService({ ...appAnswers([], 1), "GET /api/notification-preferences": preferring(sound) });
  const page = show(<Bell />);
  await pass(0.1);
  if (touched) {
    fireEvent.keyDown(document.body, { key: "Shift" });
  }
  await pass(0.1);
  const prefer = (other: Sound) =>
    act(() => void page.client.setQueryData(preferencesQuery().queryKey, preferring(other)));
  return { ...page, prefer };
}

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal("scrollTo", () => undefined);
  hearing();
  locks();
  silenceAll();
  mute(false);
});
afterEach(() => {
  vi.useRealTimers();
  Reflect.deleteProperty(navigator, "locks");
});

describe("the sound of a new lead", () => {
  it("comes at once, and every twenty seconds until it is read", async () => {
    await bell();
    act(() => ring("ada"));
    expect(chimes()).toBe(1);
    await pass(41);
    expect(chimes()).toBe(3);
    act(() => silence("ada"));
    await pass(120);
    expect(chimes()).toBe(3);
  });

  it("stops at once when the lead is read on this page, and in all others", async () => {
    const elsewhere = new BroadcastChannel("callback-messaging-ringing");
    const heard: unknown[] = [];
    elsewhere.onmessage = ({ data }) => heard.push(data);
    const { client } = await bell();
    client.setQueryData(leadKeys.detail("ada"), aLeadInFull({ id: "ada" }));
    act(() => ring("ada"));
    act(() => applyLead(client, aLead({ id: "ada", status: "read", revision: 2 })));
    await pass(60);
    expect(chimes()).toBe(1);
    vi.useRealTimers();
    await vi.waitFor(() => expect(heard).toEqual(["ada"]), { timeout: 10_000 });
    elsewhere.close();
  });

  it("stops when another tab says that it was read", async () => {
    await bell();
    act(() => ring("ada"));
    vi.useRealTimers();
    const elsewhere = new BroadcastChannel("callback-messaging-ringing");
    elsewhere.postMessage("ada");
    await vi.waitFor(() => expect(useRinging.getState().ids.size).toBe(0), { timeout: 10_000 });
    elsewhere.close();
  });

  it("comes once where that is preferred, and not at all where it is not", async () => {
    const { prefer } = await bell({ sound: "once" });
    act(() => ring("ada"));
    await pass(120);
    expect(chimes()).toBe(1);
    prefer("silent");
    await pass(0.1);
    expect(screen.queryByRole("button", { name: "Mute new leads" })).not.toBeInTheDocument();
    act(() => ring("bob"));
    await pass(120);
    expect(chimes()).toBe(1);
  });

  it("waits until somebody has touched the page: browsers ask for that", async () => {
    await bell({ touched: false });
    act(() => ring("ada"));
    await pass(60);
    expect(chimes()).toBe(0);
    fireEvent.pointerDown(document.body);
    await pass(21);
    expect(chimes()).toBe(1);
  });

  it("is heard from one tab only, and from the next when that one is closed", async () => {
    const first = await bell();
    await bell();
    act(() => ring("ada"));
    await pass(20.5);
    expect(chimes()).toBe(2);
    first.unmount();
    await pass(0.1);
    await pass(20.5);
    expect(chimes()).toBe(3);
  });

  it("is muted by a button, which says so", async () => {
    await bell();
    act(() => ring("ada"));
    const button = screen.getByRole("button", { name: "Mute new leads" });
    expect(button).toHaveAttribute("aria-pressed", "false");
    fireEvent.click(button);
    await pass(60);
    expect(chimes()).toBe(1);
    expect(button).toHaveAttribute("aria-pressed", "true");
    vi.useRealTimers();
    await expectAccessible();
  });

  it("is as another tab has chosen", () => {
    localStorage.setItem("callback-messaging-muted", "true");
    window.dispatchEvent(new StorageEvent("storage", { key: "callback-messaging-muted" }));
    expect(useMuted.getState().isMuted).toBe(true);
    localStorage.clear();
    window.dispatchEvent(new StorageEvent("storage", { key: null }));
    expect(useMuted.getState().isMuted).toBe(false);
  });
});
