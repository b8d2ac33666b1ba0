import { readFileSync } from "node:fs";
import { defineConfig } from "vitest/config";

import { defaults } from "./tokens.ts";

const tokens = new URL("../../resources/static/assets/tokens.css", import.meta.url);
const { light, dark } = defaults(readFileSync(tokens, "utf8"));

export default defineConfig({
  define: { __LIGHT__: JSON.stringify(light), __DARK__: JSON.stringify(dark) },
  build: {
    // Whatever has custom elements and constructable style sheets.
    target: "es2020",
    lib: { entry: "src/index.ts", formats: ["iife"], name: "callbackForm", fileName: () => "widget.js" },
    // Pages may be in any encoding, and read scripts in theirs.
    rolldownOptions: { output: { charset: "ascii" } },
  },
  test: { environment: "jsdom", restoreMocks: true, testTimeout: 30_000, silent: "passed-only" },
});
