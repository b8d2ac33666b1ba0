import { expect, it } from "vitest";

import { mailto } from "@/lib/mailto";

it("adds no recipient and no text that an address holds", () => {
  expect(mailto("kim%40example%2Ecom?bcc=spy%40evil%2Ecom&x=@example.com")).toBe(
    "mailto:kim%2540example%252Ecom%3Fbcc%3Dspy%2540evil%252Ecom%26x%3D@example.com",
  );
  expect(mailto("ada@example.com")).toBe("mailto:ada@example.com");
});
