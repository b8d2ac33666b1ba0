import { useQuery } from "@tanstack/react-query";
import { useLocation } from "@tanstack/react-router";
import { useEffect } from "react";

import { showInIcon } from "@/features/live/favicon";
import { texts } from "@/features/live/texts";
import { useScreen } from "@/features/live/use-screen";
import { nameOf } from "@/leads/names";
import { countsQuery, leadQuery } from "@/leads/queries";
import { badge } from "@/lib/format";

function usePageName(): string {
  const path = useLocation({ select: ({ pathname }) => pathname.slice(1) });
  const [section = "", part = ""] = path.split("/");
  const lead = useQuery({ ...leadQuery(part), enabled: false }).data;
  if (section === "inbox" && lead) {
    return texts.leadPage(nameOf(lead));
  }
  return texts.pages[`${section}/${part}`] ?? texts.pages[section] ?? texts.pages["inbox"]!;
}

/** Says in the tab, and on the icon of an installed app, how many leads are unread. */
export function usePageBadge(): void {
  const counts = useQuery(countsQuery());
  const unread = useScreen().badge ? (counts.data?.unread ?? 0) : 0;
  const page = usePageName();
  useEffect(() => {
    document.title = unread > 0 ? `(${badge(unread)}) ${page}` : page;
  }, [unread, page]);
  useEffect(() => {
    showInIcon(unread);
    if ("setAppBadge" in navigator) {
      void (unread > 0 ? navigator.setAppBadge(unread) : navigator.clearAppBadge()).catch(() => undefined);
    }
  }, [unread]);
  useEffect(() => () => showInIcon(0), []);
}
