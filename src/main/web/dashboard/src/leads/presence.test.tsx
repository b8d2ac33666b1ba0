import { act, renderHook } from "@testing-library/react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import { notePresence, useOthers } from "@/leads/presence";

const LEAD = "0199b2c4-6f3a-7c31-8f52-3d7a9be01c55";
const says = (memberId: string, activity: "viewing" | "writing" | "away") =>
  act(() => notePresence(LEAD, { memberId, name: `${memberId}@demo.example`, activity }));

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

describe("the others at a lead", () => {
  it("are there for 45 seconds after they last said so, each by themselves", () => {
    const { result } = renderHook(() => useOthers(LEAD));
    says("kim", "viewing");
    act(() => vi.advanceTimersByTime(20_000));
    says("sam", "writing");
    says("kim", "writing");
    expect(result.current.map(({ memberId, activity }) => [memberId, activity])).toEqual([
      ["sam", "writing"],
      ["kim", "writing"],
    ]);
    act(() => vi.advanceTimersByTime(40_000));
    says("kim", "writing");
    act(() => vi.advanceTimersByTime(6_000));
    expect(result.current.map(({ memberId }) => memberId)).toEqual(["kim"]);
    says("kim", "away");
    expect(result.current).toEqual([]);
  });
});
