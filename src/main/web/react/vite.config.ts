import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";

// A server component may import the package: what runs in browsers only says so itself.
const IN_BROWSERS = /\/react\/src\/.*\.tsx$|\/react\/src\/use-.*\.ts$/;

export default defineConfig({
  plugins: [react()],
  build: {
    target: "es2022",
    minify: false,
    lib: { entry: "src/index.ts", formats: ["es"] },
    rolldownOptions: {
      external: [/^react($|\/)/, "openapi-fetch", /^zustand($|\/)/],
      output: {
        // A module each, so that whoever takes the badge alone loads the badge alone.
        preserveModules: true,
        preserveModulesRoot: "src",
        entryFileNames: "[name].js",
        banner: (chunk) => (IN_BROWSERS.test(chunk.facadeModuleId ?? "") ? '"use client";' : ""),
      },
    },
  },
  test: {
    environment: "jsdom",
    setupFiles: ["./test/setup.ts"],
    restoreMocks: true,
    testTimeout: 20_000,
    silent: "passed-only",
  },
});
