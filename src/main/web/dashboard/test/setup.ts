import "@testing-library/jest-dom/vitest";

import { cleanup, configure } from "@testing-library/react";
import { afterEach, vi } from "vitest";

import { useNotices } from "@/lib/notify";

import { computedStyle } from "./computed-style";

// What jsdom does not have, and components ask for.
class NothingToObserve {
  observe() {}
  unobserve() {}
  disconnect() {}
}
vi.stubGlobal("ResizeObserver", NothingToObserve);
vi.stubGlobal("IntersectionObserver", NothingToObserve);
window.getComputedStyle = computedStyle;
window.scrollTo = () => undefined;
Element.prototype.scrollIntoView ??= () => undefined;
Element.prototype.hasPointerCapture ??= () => false;
window.matchMedia ??= ((query: string) => ({
  matches: false,
  media: query,
  onchange: null,
  addEventListener: () => undefined,
  removeEventListener: () => undefined,
  addListener: () => undefined,
  removeListener: () => undefined,
  dispatchEvent: () => false,
})) as typeof window.matchMedia;

// A machine that does much else is slow, and no reason to fail.
configure({ asyncUtilTimeout: 10_000 });

afterEach(() => {
  cleanup();
  // A notice stays for seconds: the next test would find it beside its own, and wait until it has gone.
  useNotices.setState({ notices: [] });
});
