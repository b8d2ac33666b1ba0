import { afterEach, beforeEach, expect, it, vi } from "vitest";

import { followSignOut, signOut, signOutElsewhere } from "@/lib/session";
import { playService } from "../../test/service";

const assign = vi.fn();
let stop: () => void;

beforeEach(() => {
  localStorage.clear();
  assign.mockClear();
  vi.stubGlobal("location", { origin: "http://localhost:3000", href: "http://localhost:3000/inbox", assign });
  sessionStorage.setItem("draft", "Dear Ada");
  stop = followSignOut();
});
afterEach(() => {
  stop();
  vi.unstubAllGlobals();
});

it("ends at the service, and leaves nothing that was begun", async () => {
  const { asked } = playService({ "DELETE /api/session": new Response(null, { status: 204 }) });
  await signOut();
  expect(asked.map(({ method, path }) => `${method} ${path}`)).toEqual(["DELETE /api/session"]);
  expect(assign).toHaveBeenCalledWith("/sign-in");
  expect(sessionStorage).toHaveLength(0);
});

it("ends on the other devices, and stays here", async () => {
  const { asked } = playService({ "DELETE /api/session/others": Response.json({ ended: 2 }) });
  await signOutElsewhere();
  expect(asked.map(({ method, path }) => `${method} ${path}`)).toEqual(["DELETE /api/session/others"]);
  expect(assign).not.toHaveBeenCalled();
});

it("is heard by the other tabs, which leave as well", () => {
  const told = (key: string, newValue: string | null) =>
    window.dispatchEvent(new StorageEvent("storage", { key, newValue }));
  told("callback-messaging-business", "b1");
  expect(assign).not.toHaveBeenCalled();
  told("callback-messaging-signed-out", "2026-11-22T03:04:05Z");
  expect(assign).toHaveBeenCalledWith("/sign-in");
  expect(sessionStorage).toHaveLength(0);
});
