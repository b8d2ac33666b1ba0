import { afterEach, beforeEach, expect, it, vi } from "vitest";

import { reloadIfNewVersion } from "@/lib/new-version";

const SCRIPT = "https://callback.example.com/app/assets/index-old.js";
const page = (script: string) => new Response(`<script type="module" src="/app/assets/${script}"></script>`);
const reload = vi.fn();

const answers = (answer: () => Promise<Response>) => vi.stubGlobal("fetch", vi.fn(answer));

beforeEach(() => {
  sessionStorage.clear();
  reload.mockClear();
  vi.stubGlobal("location", { reload });
});
afterEach(() => vi.unstubAllGlobals());

it("loads the page anew where the service has another, once", async () => {
  answers(async () => page("index-new.js"));
  await reloadIfNewVersion(SCRIPT);
  await reloadIfNewVersion(SCRIPT);
  expect(reload).toHaveBeenCalledOnce();
});

it.each([
  ["that has the same page", async () => page("index-old.js")],
  ["that cannot be reached", async () => Promise.reject(new TypeError("Failed to fetch"))],
  ["that is being started", async () => new Response("Not yet", { status: 503 })],
])("keeps what is shown with a service %s", async (_, answer) => {
  answers(answer);
  await reloadIfNewVersion(SCRIPT);
  expect(reload).not.toHaveBeenCalled();
});
