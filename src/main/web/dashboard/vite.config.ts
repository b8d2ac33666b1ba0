import { fileURLToPath } from "node:url";

import tailwind from "@tailwindcss/vite";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));
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
    // On a machine that does much else.
    testTimeout: 20_000,
    setupFiles: ["./test/setup.ts"],
    restoreMocks: true,
    // What is said in passing is of interest where a test fails only.
    silent: "passed-only",
    // Of a page that lacks something its beginning tells enough.
    env: { DEBUG_PRINT_LIMIT: "1500" },
  },
}));
