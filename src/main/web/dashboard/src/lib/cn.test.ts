import { expect, it } from "vitest";

import { cn } from "@/lib/cn";

it("lets the later class win where two say the same", () => {
  expect(cn("h-10 px-3 text-m text-ink", "h-12")).toBe("px-3 text-m text-ink h-12");
  expect(cn("text-m text-ink", "text-s")).toBe("text-ink text-s");
  expect(cn("text-s text-soft", "text-danger")).toBe("text-s text-danger");
  expect(cn("p-4 grid", "py-2 hidden")).toBe("p-4 py-2 hidden");
  expect(cn("py-14 px-6", "p-0")).toBe("p-0");
  expect(cn("gap-2", "gap-x-1.5 gap-y-2")).toBe("gap-2 gap-x-1.5 gap-y-2");
  expect(cn("gap-x-1.5 gap-y-2", "gap-2")).toBe("gap-2");
  expect(cn("size-8", "size-9")).toBe("size-9");
});

it("leaves what stands for another state or width", () => {
  expect(cn("hidden", "md:flex")).toBe("hidden md:flex");
  expect(cn("hover:bg-sunken", "bg-accent-soft hover:bg-accent-soft")).toBe("bg-accent-soft hover:bg-accent-soft");
});
