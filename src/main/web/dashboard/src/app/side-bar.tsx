import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { ChartColumn, Search, Settings } from "lucide-react";

import { texts } from "@/app/texts";
import { PersonMenu } from "@/features/person/person-menu";
import { Kbd } from "@/components/ui/kbd";
import { ViewsNav } from "@/features/inbox/views-nav";
import { LiveIndicator } from "@/features/live/live-indicator";
import { usePalette } from "@/features/palette/palette-store";
import { cn } from "@/lib/cn";
import { KEYS_EVERYWHERE } from "@/lib/keys";
import { sessionQuery, currentBusiness } from "@/lib/session";

const entry =
  "flex h-9 items-center gap-2.5 rounded-m px-2.5 text-s text-soft hover:bg-sunken hover:text-ink [&_svg]:size-4 data-[status=active]:bg-accent-soft data-[status=active]:font-medium data-[status=active]:text-accent-strong";

/** Where one can go, at a desk. */
export function SideBar({ className }: { className?: string }) {
  useQuery(sessionQuery());
  const openPalette = usePalette((state) => state.open);
  return (
    <div className={cn("w-60 shrink-0 flex-col gap-4 border-e border-line bg-paper p-3", className)}>
      <header className="flex items-center gap-2 px-1 pt-1">
        <img src="/app/icon.svg" alt="" className="size-7" />
        <span className="line-clamp-2 min-w-0 flex-1 text-s leading-tight font-semibold">
          {currentBusiness()?.name ?? "Callback Messaging"}
        </span>
        <LiveIndicator />
      </header>
      <nav aria-label={texts.main} className="contents">
        <button
          type="button"
          onClick={openPalette}
          className="flex h-9 items-center gap-2 rounded-m border border-line bg-surface px-2.5 text-s text-soft hover:border-edge [&_svg]:size-4"
        >
          <Search /> <span className="flex-1 text-start">{texts.searchOrDo}</span>{" "}
          <Kbd keys={KEYS_EVERYWHERE.palette.keys} />
        </button>
        <div className="flex min-h-0 flex-1 flex-col gap-4 overflow-y-auto">
          <ViewsNav />
          <ul className="mt-auto grid gap-0.5">
            <li>
              <Link to="/analytics" search={{}} className={entry}>
                <ChartColumn /> {texts.analytics}
              </Link>
            </li>
            <li>
              <Link to="/settings" className={entry}>
                <Settings /> {texts.settings}
              </Link>
            </li>
          </ul>
        </div>
        <PersonMenu />
      </nav>
    </div>
  );
}
