import { afterEach, beforeEach, expect, it, vi } from "vitest";

import { reloadIfRenewed } from "@/lib/renewed";

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
  await reloadIfRenewed(SCRIPT);
  await reloadIfRenewed(SCRIPT);
  expect(reload).toHaveBeenCalledOnce();
});

it.each([
  ["that has the same page", async () => page("index-old.js")],
  ["that cannot be reached", async () => Promise.reject(new TypeError("Failed to fetch"))],
  ["that is being started", async () => new Response("Not yet", { status: 503 })],
])("keeps what is shown with a service %s", async (_, answer) => {
  answers(answer);
  await reloadIfRenewed(SCRIPT);
  expect(reload).not.toHaveBeenCalled();
});
