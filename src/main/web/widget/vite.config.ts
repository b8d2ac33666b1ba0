import { defineConfig } from "vitest/config";

export default defineConfig({
  build: {
    // Whatever has custom elements and constructable style sheets.
    target: "es2020",
    lib: { entry: "src/index.ts", formats: ["iife"], name: "callbackForm", fileName: () => "widget.js" },
  },
  test: { environment: "jsdom", restoreMocks: true, testTimeout: 30_000 },
});
