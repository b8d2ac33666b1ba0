import { expect, it } from "vitest";

import { nextPage } from "@/features/sign-in/next-page";

const HERE = "https://callback.example.com";

it.each([
  ["/settings/webhooks?page=2#log", "/settings/webhooks?page=2#log"],
  ["/inbox/0199b2c4", "/inbox/0199b2c4"],
  [null, "/inbox"],
  ["", "/inbox"],
  ["settings", "/inbox"],
  ["//evil.example/inbox", "/inbox"],
  ["/\\evil.example", "/inbox"],
  ["/\t/evil.example", "/inbox"],
  ["https://evil.example", "/inbox"],
  ["javascript:alert(1)", "/inbox"],
  ["https://[", "/inbox"],
])("from a sign-in that was asked for at %s leads to %s", (asked, page) => {
  expect(nextPage(asked, HERE)).toBe(page);
});
