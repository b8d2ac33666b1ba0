import { useQuery } from "@tanstack/react-query";
import { Outlet } from "@tanstack/react-router";
import { lazy, Suspense, useCallback } from "react";

import { Failed, Waiting } from "@/components/ui/states";
import { EmptyList } from "@/features/inbox/empty-list";
import { LeadList } from "@/features/inbox/lead-list";
import { ListHeader } from "@/features/inbox/list-header";
import { NoLead } from "@/features/inbox/no-lead";
import { useSelection } from "@/features/inbox/selection";
import { texts } from "@/features/inbox/texts";
import { useInbox, useInboxNavigation } from "@/features/inbox/use-inbox";
import { countsQuery } from "@/leads/queries";
import { cn } from "@/lib/cn";
import { mayWrite } from "@/lib/session";

const BulkBar = lazy(async () => ({ default: (await import("@/features/inbox/bulk-bar")).BulkBar }));
const FirstSteps = lazy(async () => ({ default: (await import("@/features/inbox/first-steps")).FirstSteps }));

/** The list of leads and the one that is open: beside each other at a desk, one at a time on a phone. */
export function InboxPage() {
  const inbox = useInbox();
  const { search, saved, filter, sort, query, leads, leadId, isNarrowed } = inbox;
  const { open } = useInboxNavigation();
  const counts = useQuery(countsQuery());
  const selection = useSelection(leads, JSON.stringify([filter, sort]));
  const { fetchNextPage, hasNextPage, isFetchingNextPage } = query;
  const onEnd = useCallback(() => void fetchNextPage(), [fetchNextPage]);
  const view = search.view ?? (saved ? "all" : "waiting");
  const hasNoLeads = counts.data?.all === 0 && counts.data.quarantined === 0;

  return (
    <div className="flex h-full">
      <section
        aria-label="Leads"
        className={cn(
          "flex min-w-0 flex-1 flex-col bg-surface lg:max-w-104 lg:border-e lg:border-line",
          leadId && "hidden lg:flex",
        )}
      >
        <ListHeader inbox={inbox} onSelectAll={mayWrite() && leads.length > 0 ? selection.chooseLoaded : undefined} />
        {selection.count > 0 && (
          <div className="min-h-11 border-b border-line bg-accent-soft px-2 py-1.5">
            <Suspense>
              <BulkBar selection={selection} leads={leads} filter={filter} hasMore={hasNextPage} />
            </Suspense>
          </div>
        )}
        {query.isError && leads.length === 0 ? (
          <Failed error={query.error} retry={() => void query.refetch()} />
        ) : query.isPending ? (
          <Waiting rows={8} label="Loading leads…" />
        ) : leads.length === 0 ? (
          hasNoLeads ? (
            <div className="min-h-0 flex-1 overflow-y-auto lg:hidden">
              <Steps />
            </div>
          ) : (
            <EmptyList view={view} isNarrowed={isNarrowed} />
          )
        ) : (
          <LeadList
            // Another list begins at its top.
            key={JSON.stringify([filter, sort])}
            leads={leads}
            total={hasNextPage ? undefined : leads.length}
            openId={leadId}
            selection={selection}
            label={saved?.name ?? texts.views[view]}
            onOpen={open}
            onEnd={hasNextPage && !isFetchingNextPage && !query.isFetchNextPageError ? onEnd : undefined}
          />
        )}
        {query.isFetchNextPageError && <Failed error={query.error} retry={onEnd} className="py-3" />}
      </section>
      <section aria-label="Lead" className={cn("min-w-0 flex-1 overflow-y-auto", !leadId && "hidden lg:block")}>
        {leadId ? <Outlet /> : hasNoLeads ? <Steps /> : <NoLead />}
      </section>
    </div>
  );
}

function Steps() {
  return (
    <Suspense fallback={<Waiting rows={3} />}>
      <FirstSteps />
    </Suspense>
  );
}
