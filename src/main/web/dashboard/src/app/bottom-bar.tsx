import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { ChartColumn, Inbox, Settings } from "lucide-react";

import { texts } from "@/app/texts";
import { countsQuery } from "@/leads/queries";
import { cn } from "@/lib/cn";
import { badge } from "@/lib/format";

const entry =
  "relative grid h-14 flex-1 place-content-center justify-items-center gap-0.5 text-xs text-soft [&_svg]:size-5.5 data-[status=active]:font-medium data-[status=active]:text-accent-strong";

/** Where one can go, on a phone: within reach of a thumb. */
export function BottomBar({ className }: { className?: string }) {
  const counts = useQuery(countsQuery());
  const unread = counts.data?.unread ?? 0;
  return (
    <nav
      aria-label={texts.main}
      className={cn("flex shrink-0 border-t border-line bg-surface pb-[env(safe-area-inset-bottom)]", className)}
    >
      <Link to="/inbox" search={{}} activeOptions={{ includeSearch: false }} className={entry}>
        <Inbox />
        Inbox
        {unread > 0 && (
          <span className="absolute start-1/2 top-1 ms-2 min-w-5 rounded-full bg-accent px-1 text-center text-xs font-semibold text-on-accent">
            <span className="sr-only">{texts.unread} </span>
            {badge(unread)}
          </span>
        )}
      </Link>
      <Link to="/analytics" search={{}} className={entry}>
        <ChartColumn />
        {texts.analytics}
      </Link>
      <Link to="/settings" className={entry}>
        <Settings />
        {texts.settings}
      </Link>
    </nav>
  );
}
