import { useQuery } from "@tanstack/react-query";
import { Link, useLocation } from "@tanstack/react-router";
import {
  Archive,
  Inbox,
  Layers,
  type LucideIcon,
  MailOpen,
  ShieldAlert,
  Star,
  TriangleAlert,
  UserRound,
} from "lucide-react";

import { inboxSearch } from "@/features/inbox/search";
import { texts } from "@/features/inbox/texts";
import type { ViewName } from "@/leads/filter";
import { VIEWS } from "@/leads/filter";
import { countsQuery, viewsQuery } from "@/leads/queries";
import { cn } from "@/lib/cn";
import { number } from "@/lib/format";

const ICONS: Record<ViewName, LucideIcon> = {
  waiting: Inbox,
  unread: MailOpen,
  mine: UserRound,
  overdue: TriangleAlert,
  all: Layers,
  archived: Archive,
  quarantine: ShieldAlert,
};

const entry =
  "flex h-9 items-center gap-2.5 rounded-m px-2.5 text-s text-soft hover:bg-sunken hover:text-ink [&_svg]:size-4 [&_svg]:shrink-0 aria-[current]:bg-accent-soft aria-[current]:font-medium aria-[current]:text-accent-strong max-md:h-11";

/** The views with their counts, and the saved ones below. */
export function ViewsNav({ onChosen }: { onChosen?: () => void }) {
  const counts = useQuery(countsQuery());
  const views = useQuery(viewsQuery());
  const location = useLocation();
  const isInbox = location.pathname.startsWith("/inbox");
  const search = inboxSearch(location.search as Record<string, unknown>);
  const current = search.saved ?? search.view ?? "waiting";
  const mark = (name: string) => (isInbox && current === name ? ("page" as const) : undefined);
  return (
    <div className="grid gap-4">
      <ul aria-label={texts.viewsList} className="grid gap-0.5">
        {VIEWS.map((view) => {
          const Icon = ICONS[view];
          const count = counts.data?.[view === "quarantine" ? "quarantined" : view] ?? 0;
          return (
            <li key={view}>
              <Link
                to="/inbox"
                search={{ view }}
                {...(onChosen && { onClick: onChosen })}
                aria-current={mark(view)}
                className={entry}
              >
                <Icon /> <span className="min-w-0 flex-1 truncate">{texts.views[view]}</span>
                {view !== "all" && view !== "archived" && <Count count={count} isAlarm={view === "overdue"} />}
              </Link>
            </li>
          );
        })}
      </ul>
      {views.data && views.data.length > 0 && (
        <div className="grid gap-1">
          <p id="saved-views" className="px-2.5 text-xs font-medium text-soft">
            {texts.savedViews}
          </p>
          <ul aria-labelledby="saved-views" className="grid gap-0.5">
            {views.data.map(({ id, name }) => (
              <li key={id}>
                <Link
                  to="/inbox"
                  search={{ saved: id }}
                  {...(onChosen && { onClick: onChosen })}
                  aria-current={mark(id)}
                  className={entry}
                >
                  <Star /> <span className="min-w-0 flex-1 truncate">{name}</span>
                  <Count count={counts.data?.views[id] ?? 0} />
                </Link>
              </li>
            ))}
          </ul>
        </div>
      )}
    </div>
  );
}

const MOST = 10_000;

function Count({ count, isAlarm = false }: { count: number; isAlarm?: boolean }) {
  if (count === 0) {
    return null;
  }
  return (
    <span className={cn("text-xs tabular", isAlarm && "rounded-full bg-danger-soft px-1.5 font-semibold text-danger")}>
      {count >= MOST ? `${number(MOST)}+` : number(count)}
    </span>
  );
}
