import { vi } from "vitest";

/** Gives what scrolls a height, which jsdom does not lay out; scrolling to somewhere is told as a browser does. */
export function giveLayout(height = 920, width = 416): void {
  vi.spyOn(HTMLElement.prototype, "offsetHeight", "get").mockReturnValue(height);
  vi.spyOn(HTMLElement.prototype, "offsetWidth", "get").mockReturnValue(width);
  vi.spyOn(HTMLElement.prototype, "clientHeight", "get").mockReturnValue(height);
  vi.spyOn(HTMLElement.prototype, "scrollHeight", "get").mockReturnValue(50_000_000);
  Element.prototype.scrollTo = function (this: Element, to?: ScrollToOptions | number) {
    scrollTo(this, typeof to === "object" ? (to.top ?? 0) : 0);
  };
}

export function scrollTo(element: Element, top: number): void {
  element.scrollTop = top;
  element.dispatchEvent(new Event("scroll"));
}
