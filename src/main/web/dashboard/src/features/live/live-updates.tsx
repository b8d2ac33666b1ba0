import { useEffect, useState } from "react";

import { useConnection, useHealth, useTrouble } from "@/features/live/connection";
import { LiveBanner } from "@/features/live/live-banner";
import { inSentence } from "@/features/live/live-indicator";
import { useArrivals } from "@/features/live/use-arrivals";
import { useBell } from "@/features/live/use-bell";
import { usePreferences } from "@/features/live/use-preferences";
import { usePageBadge } from "@/features/live/use-page-badge";
import { useStream } from "@/features/live/use-stream";

/** Keeps every page at what is true now, and tells of what is new. Mounted once. */
export function LiveUpdates() {
  useStream(useArrivals());
  usePreferences();
  useBell();
  usePageBadge();
  return (
    <>
      <LiveBanner />
      <Announcement />
    </>
  );
}

/** Says to those who do not see it that the page has stopped being live, and that it is again. */
function Announcement() {
  const isTrouble = useTrouble();
  const health = useHealth();
  const since = useConnection((connection) => connection.since);
  const [said, setSaid] = useState("");
  useEffect(() => {
    if (isTrouble) {
      setSaid(inSentence(health, since));
    } else if (health === "live") {
      setSaid((before) => (before === "" ? "" : inSentence(health, since)));
    }
  }, [isTrouble, health, since]);
  return (
    <div role="status" className="sr-only">
      {said}
    </div>
  );
}
