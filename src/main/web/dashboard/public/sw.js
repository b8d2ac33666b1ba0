// The service worker of the dashboard: shows push notifications, also while no page is open. It caches nothing.

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

self.addEventListener("push", (event) => {
  const { title, body, url, tag } = event.data ? event.data.json() : {};
  event.waitUntil(
    self.registration.showNotification(title ?? "Callback Messaging", {
      body,
      // A later message about the same lead takes the place of the earlier one, and is heard all the same.
      tag,
      renotify: Boolean(tag),
      icon: "/app/icon-192.png",
      badge: "/app/icon-192.png",
      data: { url },
    }),
  );
});

self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  event.waitUntil(open(event.notification.data?.url));
});

/** Shows an address of this service in a page that is open, else in a new one. */
async function open(address) {
  const url = new URL(address ?? "/inbox", self.location.origin);
  if (url.origin !== self.location.origin) {
    // The service is reached by another name than its public URL.
    url.host = self.location.host;
    url.protocol = self.location.protocol;
  }
  const [page] = await self.clients.matchAll({ type: "window" });
  if (!page) {
    return self.clients.openWindow(url.href);
  }
  const shown = await page.focus();
  return shown.navigate(url.href);
}
