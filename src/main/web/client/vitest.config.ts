import { defineConfig } from "vitest/config";

// The contract is large, and machines that build do other things as well.
export default defineConfig({ test: { testTimeout: 60_000 } });
