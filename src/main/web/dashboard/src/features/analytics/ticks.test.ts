import { expect, it } from "vitest";

import { ticks } from "@/features/analytics/ticks";

it.each([
  [0, [0, 1]],
  [4, [0, 1, 2, 3, 4]],
  [60, [0, 15, 30, 45, 60]],
  [110, [0, 60, 120]],
  [16_000, [0, 3_600, 7_200, 10_800, 14_400, 18_000]],
  [172_800, [0, 86_400, 172_800]],
])("an axis up to %d seconds has round ticks", (longest, expected) => expect(ticks(longest)).toEqual(expected));
