import { fileURLToPath } from "node:url";

import tailwind from "@tailwindcss/vite";
import react from "@vitejs/plugin-react";
import { configDefaults, defineConfig } from "vitest/config";

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));
/**
 * Tests of what a VM context does not have: another `location`, a body that is read as it comes, and modules that recharts asks for. Each has
 * a process of its own.
 */
const NOT_IN_A_VM = ["session", "new-version", "supabase-form", "live", "analytics-page"].map(
  (name) => `src/**/${name}.test.{ts,tsx}`,
);

const service = process.env["SERVICE_URL"] ?? "http://localhost:8080";

export default defineConfig(({ command }) => ({
  base: command === "build" ? "/app/" : "/",
  plugins: [react(), tailwind()],
  resolve: {
    alias: {
      "@": here("./src"),
      "@callback-messaging/client": here("../client/src/index.ts"),
    },
  },
  build: {
    target: "es2022",
    // Fonts and pictures in style sheets would be refused by the page's own policy.
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 700,
    manifest: true,
  },
  server: {
    proxy: Object.fromEntries(
      ["/api", "/app", "/sandbox", "/assets", "/f/", "/sign-in/", "/docs", "/openapi.yaml", "/widget.js"].map(
        (path) => [path, { target: service, changeOrigin: false }],
      ),
    ),
  },
  test: {
    environment: "jsdom",
    maxWorkers: "100%",
    projects: [
      {
        extends: true,
        // A file has a window and modules of its own as anywhere, but jsdom is loaded once for all of them.
        test: {
          name: "vm",
          pool: "vmForks",
          vmMemoryLimit: "1GB",
          exclude: [...configDefaults.exclude, ...NOT_IN_A_VM],
        },
      },
      { extends: true, test: { name: "process", pool: "forks", include: NOT_IN_A_VM } },
    ],
    // On a machine that does much else.
    testTimeout: 60_000,
    setupFiles: ["./test/setup.ts"],
    restoreMocks: true,
    // What is said in passing is of interest where a test fails only.
    silent: "passed-only",
    // Of a page that lacks something its beginning tells enough.
    env: { DEBUG_PRINT_LIMIT: "1500" },
  },
}));
