import { describe, expect, it } from "vitest";

import { mayReceiveSms } from "@/lib/mobile";

describe("an SMS", () => {
  it.each(["+61491570006", "+447911123456", "+4915112345678", "+12025550123", "+6421123456"])(
    "may reach %s",
    (number) => {
      expect(mayReceiveSms(number)).toBe(true);
    },
  );

  it.each(["+61295501234", "+442079460000", "+493012345678", "+35312345678", "0295501234", null])(
    "is not offered to %s",
    (number) => {
      expect(mayReceiveSms(number)).toBe(false);
    },
  );
});
