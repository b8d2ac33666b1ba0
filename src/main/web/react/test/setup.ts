import "@testing-library/jest-dom/vitest";

import { cleanup, configure } from "@testing-library/react";
import { afterEach } from "vitest";

// A machine that does much else is slow, and no reason to fail.
configure({ asyncUtilTimeout: 10_000 });

afterEach(cleanup);
