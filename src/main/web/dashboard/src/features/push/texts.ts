import type { PushSupport } from "@/lib/push";

export const texts = {
  title: "Push notifications",
  here: "On this device",
  hereAbout: "Also while the page is closed.",
  refused:
    "Your browser did not allow it. Allow notifications for this page in the settings of the browser, then switch it on again.",
  failed: "Your browser could not subscribe. Check its connection, then try again.",
  unable: {
    blocked:
      "Your browser blocks notifications of this page. Allow them in the settings of the browser, then load the page again.",
    "install-first":
      "On an iPhone or iPad, add this page to the home screen first (Share, then Add to Home Screen), and open it from there.",
    none: "This browser has no push notifications.",
  } satisfies Record<Exclude<PushSupport, "ready">, string>,
  devices: "Your devices",
  thisDevice: "This device",
  last: "Last notified",
  never: "Not notified yet",
  test: "Test",
  testWho: (label: string) => `Send a test to ${label}`,
  removeWho: (label: string) => `Remove ${label}`,
  queued: "The test is on its way.",
  removed: (label: string) => `${label} receives nothing any more.`,
};
