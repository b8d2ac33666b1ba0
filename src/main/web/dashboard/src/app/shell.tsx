import { Outlet } from "@tanstack/react-router";
import { useEffect } from "react";

import { BottomBar } from "@/app/bottom-bar";
import { SideBar } from "@/app/side-bar";
import { texts } from "@/app/texts";
import { useNavigationShortcuts } from "@/app/use-navigation-shortcuts";
import { useUndoKeys } from "@/app/use-undo-keys";
import { ProviderBanner } from "@/features/channels/provider-banner";
import { LiveUpdates } from "@/features/live/live-updates";
import { Palette } from "@/features/palette/palette";
import { listenForShortcuts } from "@/lib/shortcuts";

/** The frame around every page of those who are signed in. */
export function Shell() {
  useEffect(listenForShortcuts, []);
  useNavigationShortcuts();
  useUndoKeys();
  return (
    <div className="flex h-dvh flex-col md:flex-row">
      <a
        href="#content"
        className="sr-only z-60 rounded-m bg-surface px-4 py-2 focus:not-sr-only focus:fixed focus:start-3 focus:top-3"
      >
        {texts.skip}
      </a>
      <SideBar className="hidden md:flex" />
      <div className="flex min-h-0 min-w-0 flex-1 flex-col">
        <ProviderBanner />
        {/* What only screen readers see is absolute: it must not make the document longer than the window. */}
        <main id="content" tabIndex={-1} className="relative min-h-0 min-w-0 flex-1 overflow-y-auto outline-none">
          <Outlet />
        </main>
      </div>
      <BottomBar className="md:hidden" />
      <LiveUpdates />
      <Palette />
    </div>
  );
}
