import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";

import { dayAfter, startOfDay } from "@/features/analytics/calendar";
import type { InboxSearch } from "@/features/inbox";

/** The leads that were counted: those days where the business is, of that funnel. */
export interface Counted {
  readonly from: string;
  readonly to: string;
  readonly timeZone: string;
  readonly funnel?: string;
}

/** A number that leads to the leads that it counts, in the inbox. */
export function LeadsLink({
  counted: { from, to, timeZone, funnel },
  only,
  className,
  children,
}: {
  counted: Counted;
  only?: InboxSearch;
  className?: string;
  children: ReactNode;
}) {
  return (
    <Link
      to="/inbox"
      search={{
        view: "all",
        from: startOfDay(from, timeZone).toISOString(),
        to: startOfDay(dayAfter(to), timeZone).toISOString(),
        ...(funnel && { funnel }),
        ...only,
      }}
      className={className ?? "underline decoration-line underline-offset-4 hover:decoration-current"}
    >
      {children}
    </Link>
  );
}
