import { useEffect, useRef } from "react";

import { announce, useAnnouncement } from "@/features/live/announce";
import { useConnection, useHealth, useTrouble } from "@/features/live/connection";
import { LiveBanner } from "@/features/live/live-banner";
import { inSentence } from "@/features/live/live-indicator";
import { useArrivals } from "@/features/live/use-arrivals";
import { useBell } from "@/features/live/use-bell";
import { usePageBadge } from "@/features/live/use-page-badge";
import { useStream } from "@/features/live/use-stream";

/** Keeps every page at what is true now, and tells of what is new. Mounted once. */
export function LiveUpdates() {
  useStream(useArrivals());
  useBell();
  usePageBadge();
  return (
    <>
      <LiveBanner />
      <Announcement />
    </>
  );
}

/** Says what is not shown in words; also that the page has stopped being live, and that it is again. */
function Announcement() {
  const isTrouble = useTrouble();
  const health = useHealth();
  const since = useConnection((connection) => connection.since);
  const text = useAnnouncement((state) => state.text);
  const wasTrouble = useRef(false);
  useEffect(() => {
    if (isTrouble || (health === "live" && wasTrouble.current)) {
      announce(inSentence(health, since));
      wasTrouble.current = isTrouble;
    }
  }, [isTrouble, health, since]);
  return (
    <div role="status" className="sr-only">
      {text}
    </div>
  );
}
