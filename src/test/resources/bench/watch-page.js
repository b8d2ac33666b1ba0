// What a page's own measures say of how it loads, gathered from its first moment on.
window.watched = { largest: 0, first: 0, blocked: 0, shown: 0 };
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) {
    watched.largest = entry.startTime;
  }
}).observe({ type: "largest-contentful-paint", buffered: true });
new PerformanceObserver((list) => {
  for (const entry of list.getEntriesByName("first-contentful-paint")) {
    watched.first = entry.startTime;
  }
}).observe({ type: "paint", buffered: true });
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) {
    // As total blocking time is defined: what of each task is beyond 50 ms.
    watched.blocked += Math.max(0, entry.duration - 50);
  }
}).observe({ type: "longtask", buffered: true });

const now = () => performance.timeOrigin + performance.now();

const UNCOUNTED_AFTER_MS = 1_500;
const UNSEEN_AFTER_MS = 20_000;

/**
 * When a lead of this name is in the list and in a notice, and when the counts beside it changed, which say "10,000+" of very many; in
 * milliseconds since 1970.
 */
window.arrival = (name) => {
  // Several notices at a time become one, which names nobody.
  document.querySelectorAll('ol > li [aria-label="Dismiss"]').forEach((button) => button.click());
  const counts = () => document.querySelector("nav ul").textContent;
  const before = counts();
  const seen = {};
  return new Promise((resolve, reject) => {
    setTimeout(() => reject(new Error(`${name} was not seen: ${JSON.stringify(seen)}`)), UNSEEN_AFTER_MS);
    const look = () => {
      const has = (selector) =>
        [...document.querySelectorAll(selector)].some((each) => each.textContent.includes(name));
      seen.row ??= has("[data-lead]") ? now() : undefined;
      seen.notice ??= has("ol > li") ? now() : undefined;
      seen.counts ??= counts() === before ? undefined : now();
      if (seen.row && seen.notice) {
        setTimeout(() => {
          observer.disconnect();
          resolve(seen);
        }, UNCOUNTED_AFTER_MS);
      }
    };
    const observer = new MutationObserver(look);
    observer.observe(document, { childList: true, subtree: true, characterData: true });
  });
};

/** Scrolls the list as fast as a thumb throws it, and tells how long each frame took, in milliseconds. */
window.scrollThrough = (pixelsPerFrame, frames) => {
  const scroller = document.querySelector("[data-lead]").closest(".overflow-y-auto");
  const took = [];
  return new Promise((resolve) => {
    let before = performance.now();
    const step = (at) => {
      took.push(at - before);
      before = at;
      scroller.scrollTop += pixelsPerFrame;
      if (took.length === frames) {
        resolve({ took: took.slice(1), at: scroller.scrollTop });
      } else {
        requestAnimationFrame(step);
      }
    };
    requestAnimationFrame(step);
  });
};
