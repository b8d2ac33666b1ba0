import { expect, it } from "vitest";

import { ticks } from "@/features/analytics/ticks";

it.each([
  [0, [0, 1]],
  [4, [0, 1, 2, 3, 4]],
  [110, [0, 30, 60, 90, 120]],
  [16_000, [0, 3_600, 7_200, 10_800, 14_400, 18_000]],
  [172_800, [0, 43_200, 86_400, 129_600, 172_800]],
])("an axis up to %d seconds has round ticks", (longest, expected) => expect(ticks(longest)).toEqual(expected));
