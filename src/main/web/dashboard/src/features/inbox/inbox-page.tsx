import { useQuery } from "@tanstack/react-query";
import { Outlet } from "@tanstack/react-router";
import { useCallback, useState } from "react";

import { KeysHeld } from "@/components/ui/keys-held";
import { late, LatePlace } from "@/components/ui/late";
import { Failed, Waiting } from "@/components/ui/states";
import type { LeftOne } from "@/features/inbox/bulk";
import { EmptyList, ViewGone } from "@/features/inbox/empty-list";
import { useFirstSteps } from "@/features/inbox/first-steps-progress";
import { LeadList } from "@/features/inbox/lead-list";
import { ListHeader } from "@/features/inbox/list-header";
import { NoLead } from "@/features/inbox/no-lead";
import { type Selection, useSelection } from "@/features/inbox/selection";
import { texts } from "@/features/inbox/texts";
import { type Inbox, useInbox, useInboxNavigation } from "@/features/inbox/use-inbox";
import { closePicker, usePicker } from "@/leads/picker";
import { countsQuery } from "@/leads/queries";
import { cn } from "@/lib/cn";
import { mayWrite } from "@/lib/session";

const BulkBar = late(async () => (await import("@/features/inbox/bulk-bar")).BulkBar);
const LeftAlone = late(async () => (await import("@/features/inbox/left-alone")).LeftAlone);
const LeadPicker = late(async () => (await import("@/features/lead/lead-picker")).LeadPicker);
const FirstSteps = late(async () => (await import("@/features/inbox/first-steps")).FirstSteps);

/** The list of leads and the one that is open: beside each other at a desk, one at a time on a phone. */
export function InboxPage() {
  const inbox = useInbox();
  const { filter, sort, query, leads, leadId } = inbox;
  const list = JSON.stringify([filter, sort]);
  const [leftAlone, setLeftAlone] = useState<readonly LeftOne[]>([]);
  const chosen = useSelection(leads, list);
  const selection = mayWrite() ? chosen : undefined;
  const counts = useQuery(countsQuery()).data;
  const isFirstRun = counts && counts.all === 0 && counts.quarantined === 0;
  const isTaught = useFirstSteps(isFirstRun);
  const isPicking = usePicker((state) => state.open !== undefined);

  return (
    <div className="flex h-full">
      <section
        aria-label={texts.list}
        className={cn(
          "flex min-w-0 flex-1 flex-col bg-surface lg:max-w-104 lg:border-e lg:border-line",
          (leadId || isTaught) && "hidden lg:flex",
        )}
      >
        <ListHeader
          inbox={inbox}
          isBeside={leadId !== undefined || isTaught}
          onSelectAll={leads.length > 0 ? selection?.chooseLoaded : undefined}
        />
        {selection && selection.count > 0 && (
          <div className="min-h-11 border-b border-line bg-accent-soft px-2 py-1.5">
            <LatePlace>
              <BulkBar
                selection={selection}
                leads={leads}
                filter={filter}
                hasMore={query.hasNextPage}
                hasKeys={!leadId}
                onLeftAlone={setLeftAlone}
              />
            </LatePlace>
          </div>
        )}
        <Leads key={list} inbox={inbox} selection={selection} isFirstRun={isFirstRun ?? false} />
      </section>
      <section
        aria-label={texts.detail}
        className={cn("min-w-0 flex-1 overflow-y-auto", !leadId && !isTaught && "hidden lg:block")}
      >
        {leadId ? (
          <Outlet />
        ) : isTaught ? (
          <LatePlace fallback={<Waiting rows={3} />}>
            <FirstSteps />
          </LatePlace>
        ) : (
          <NoLead />
        )}
      </section>
      {isPicking && (
        <LatePlace fallback={<KeysHeld onEscape={closePicker} />} onFailed={closePicker}>
          <LeadPicker />
        </LatePlace>
      )}
      {leftAlone.length > 0 && (
        <LatePlace onFailed={() => setLeftAlone([])}>
          <LeftAlone left={leftAlone} onClose={() => setLeftAlone([])} />
        </LatePlace>
      )}
    </div>
  );
}

/** The list in each of its states. Another list begins at its top: it is another component by its key. */
function Leads({
  inbox,
  selection,
  isFirstRun,
}: {
  inbox: Inbox;
  selection: Selection | undefined;
  isFirstRun: boolean;
}) {
  const { search, saved, query, leads, leadId, view, views, isGone, isNarrowed } = inbox;
  const { open } = useInboxNavigation();
  const { fetchNextPage, hasNextPage, isFetchingNextPage, isFetchNextPageError } = query;
  const onEnd = useCallback(() => void fetchNextPage({ cancelRefetch: false }), [fetchNextPage]);
  if (isGone) {
    return <ViewGone />;
  }
  if (search.saved !== undefined && views.isError && !saved) {
    return <Failed error={views.error} retry={() => void views.refetch()} />;
  }
  if (query.isError && leads.length === 0) {
    return <Failed error={query.error} retry={() => void query.refetch()} />;
  }
  if (query.isPending && (query.failureReason || query.isPaused)) {
    // It is tried again by itself; meanwhile people know what is wrong.
    return <Failed error={query.failureReason} retry={() => void query.refetch()} />;
  }
  if (query.isPending) {
    return <Waiting rows={8} label={texts.loading} />;
  }
  if (leads.length === 0) {
    return <EmptyList view={isFirstRun ? "all" : view} isSaved={saved !== undefined} isNarrowed={isNarrowed} />;
  }
  return (
    <>
      <LeadList
        leads={leads}
        hasMore={hasNextPage && !isFetchNextPageError}
        openId={leadId}
        selection={selection}
        label={saved?.name ?? texts.views[view]}
        onOpen={(id) => open(id, leadId !== undefined)}
        onEnd={hasNextPage && !isFetchingNextPage && !isFetchNextPageError ? onEnd : undefined}
      />
      {isFetchNextPageError && <Failed error={query.error} retry={onEnd} className="py-3" />}
    </>
  );
}
