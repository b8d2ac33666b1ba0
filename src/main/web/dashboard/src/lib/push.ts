/** What this browser can do about push notifications; `install-first` on an iPhone, where only an installed page receives them. */
export type PushSupport = "ready" | "blocked" | "install-first" | "none";

const WORKER = "/sw.js";

export function pushSupport(): PushSupport {
  if (!("serviceWorker" in navigator) || !("PushManager" in window)) {
    return /iPhone|iPad/.test(navigator.userAgent) ? "install-first" : "none";
  }
  return Notification.permission === "denied" ? "blocked" : "ready";
}

/** Asks the person, and subscribes; undefined where they refuse. Must be called by a click. */
export async function subscribeToPush(publicKey: string): Promise<PushSubscriptionJSON | undefined> {
  if ((await Notification.requestPermission()) !== "granted") {
    return undefined;
  }
  await navigator.serviceWorker.register(WORKER);
  const { pushManager } = await navigator.serviceWorker.ready;
  const subscription = await pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: publicKey });
  return subscription.toJSON();
}

/** Whether this browser has a subscription. */
export async function isSubscribedToPush(): Promise<boolean> {
  return Boolean(await subscription());
}

/** Ends the subscription, if there is one: the next person at this browser is not shown the leads of others. */
export async function unsubscribeFromPush(): Promise<void> {
  await (await subscription())?.unsubscribe();
}

async function subscription(): Promise<PushSubscription | null | undefined> {
  if (pushSupport() !== "ready") {
    return undefined;
  }
  return (await navigator.serviceWorker.getRegistration(WORKER))?.pushManager.getSubscription();
}

const BROWSERS: readonly [RegExp, string][] = [
  [/Edg/, "Edge"],
  [/OPR/, "Opera"],
  [/SamsungBrowser/, "Samsung Internet"],
  [/Firefox|FxiOS/, "Firefox"],
  [/Chrome|CriOS/, "Chrome"],
  [/Safari/, "Safari"],
];
const SYSTEMS: readonly [RegExp, string][] = [
  [/iPhone/, "iPhone"],
  [/iPad/, "iPad"],
  [/Android/, "Android"],
  [/Windows/, "Windows"],
  [/CrOS/, "ChromeOS"],
  [/Mac OS/, "Mac"],
  [/Linux/, "Linux"],
];

/** Such as "Chrome on Android". */
export function deviceLabel(userAgent = navigator.userAgent): string {
  const named = (names: readonly [RegExp, string][], otherwise: string) =>
    names.find(([pattern]) => pattern.test(userAgent))?.[1] ?? otherwise;
  return `${named(BROWSERS, "Browser")} on ${named(SYSTEMS, "a device")}`;
}
