import { useInfiniteQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { ScrollText } from "lucide-react";

import { Button } from "@/components/ui/button";
import { ForOwners } from "@/components/ui/for-owners";
import { Page, Panel } from "@/components/ui/page";
import { Empty, Failed, Waiting } from "@/components/ui/states";
import { AuditFilters } from "@/features/audit/audit-filters";
import { EntryRow } from "@/features/audit/entry-row";
import { auditQuery, type Entry } from "@/features/audit/queries";
import { texts } from "@/features/audit/texts";
import { cn } from "@/lib/cn";
import { day } from "@/lib/format";
import { isOwner } from "@/lib/session";

const route = getRouteApi("/shell/settings/audit");

/** Who did what, the newest first. */
export function AuditPage() {
  return (
    <Page title={texts.title} description={texts.about}>
      {isOwner() ? (
        <Trail />
      ) : (
        <Panel>
          <ForOwners>{texts.forOwners}</ForOwners>
        </Panel>
      )}
    </Page>
  );
}

function Trail() {
  const search = route.useSearch();
  const trail = useInfiniteQuery(auditQuery(search));
  const entries = trail.data?.pages.flatMap((page) => page.items) ?? [];
  const isFiltered = Object.keys(search).length > 0;
  return (
    <>
      <AuditFilters search={search} seen={entries.map((each) => each.actor)} />
      {trail.isPending ? (
        <Panel>
          <Waiting />
        </Panel>
      ) : trail.isError ? (
        <Panel>
          <Failed error={trail.error} retry={() => void trail.refetch()} />
        </Panel>
      ) : entries.length === 0 ? (
        <Panel>
          <Empty icon={ScrollText} title={isFiltered ? texts.noneFound : texts.none}>
            <p>{isFiltered ? texts.noneFoundAbout : texts.noneAbout}</p>
          </Empty>
        </Panel>
      ) : (
        <div className={cn("grid gap-5", trail.isPlaceholderData && "opacity-55")}>
          {byDay(entries).map(([name, ofDay]) => (
            <Panel key={name} title={name}>
              <ol className="divide-y divide-line">
                {ofDay.map((each) => (
                  <EntryRow key={each.id} entry={each} />
                ))}
              </ol>
            </Panel>
          ))}
          {trail.hasNextPage && (
            <Button
              className="justify-self-center"
              disabled={trail.isFetchingNextPage}
              onClick={() => void trail.fetchNextPage()}
            >
              {trail.isFetchingNextPage ? texts.loading : texts.older}
            </Button>
          )}
        </div>
      )}
    </>
  );
}

/** The days on the reader's own calendar, in the order in which they come. */
function byDay(entries: readonly Entry[]): readonly (readonly [string, readonly Entry[]])[] {
  const days = new Map<string, Entry[]>();
  for (const each of entries) {
    const name = day(each.at);
    days.set(name, [...(days.get(name) ?? []), each]);
  }
  return [...days];
}
