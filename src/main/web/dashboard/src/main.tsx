import "@/app.css";

import { QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { setNonce } from "get-nonce";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";

import { newRouter } from "@/app/router";
import { loadAll } from "@/components/ui/late";
import { ToasterHost } from "@/components/ui/toaster-host";
import { reloadIfNewVersion } from "@/lib/new-version";
import { newQueryClient } from "@/lib/query-client";
import { followSignOut } from "@/lib/session";

// Style elements that dialogs add while they are open are let in by the page's policy under this name.
const nonce = document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content;
if (nonce) {
  setNonce(nonce);
}

window.addEventListener("vite:preloadError", () => void reloadIfNewVersion(import.meta.url));

followSignOut();

const client = newQueryClient();
const router = newRouter(client);

// What is wanted next is fetched while nobody waits, so that it is there where there is no network: not before the leads themselves.
const LEADS_FIRST_MS = 2_000;
const whenIdle = window.requestIdleCallback ?? ((run: () => void) => setTimeout(run, 0));
const ahead = () => Promise.all([import("@/components/ui/toaster"), loadAll()]);
// Where that fails, it is fetched when it is wanted.
window.addEventListener("load", () =>
  setTimeout(() => whenIdle(() => void ahead().catch(() => undefined)), LEADS_FIRST_MS),
);

createRoot(document.getElementById("root")!).render(
  <StrictMode>
    <QueryClientProvider client={client}>
      <RouterProvider router={router} />
      <ToasterHost />
    </QueryClientProvider>
  </StrictMode>,
);
