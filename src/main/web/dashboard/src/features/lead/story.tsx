import { type ReactNode, useState } from "react";

import { Button } from "@/components/ui/button";
import { Moment } from "@/components/ui/moment";
import { Panel } from "@/components/ui/page";
import { Failed, Skeleton } from "@/components/ui/states";
import { Deliveries } from "@/features/lead/deliveries";
import { NoteEntry, useNotes } from "@/features/lead/notes";
import { ReceivedEntry } from "@/features/lead/received-entry";
import { SentEntry } from "@/features/lead/sent-entry";
import { texts } from "@/features/lead/texts";
import { inWords } from "@/features/lead/timeline-words";
import type { LeadInFull } from "@/leads/lead";
import { useMemberName } from "@/leads/names";
import { cn } from "@/lib/cn";

const FILTERS = ["all", "conversation", "notes", "notifications", "activity"] as const;
type Filter = (typeof FILTERS)[number];

/** What stands here as an entry of its own needs no line that says it was written. */
const SHOWN_OTHERWISE: readonly string[] = ["message.replied", "message.reply_received", "message.noted"];

interface Entry {
  readonly kind: Exclude<Filter, "all">;
  readonly at: string;
  readonly node: ReactNode;
}

/** All that was written, noted, sent and done, in one timeline, the newest last: beside the field for an answer. */
export function Story({ lead }: { lead: LeadInFull }) {
  const [filter, setFilter] = useState<Filter>("all");
  const notes = useNotes(lead.id);
  const entries = useEntries(lead, notes.data?.pages.flatMap((page) => page.items) ?? []);
  const shown = entries.filter(({ kind }) => filter === "all" || kind === filter);
  return (
    <Panel className="min-w-0">
      <div
        role="group"
        aria-label={texts.filter}
        className="flex gap-1 overflow-x-auto border-b border-line px-3 py-2 [scrollbar-width:none]"
      >
        {FILTERS.map((each) => (
          <button
            key={each}
            type="button"
            aria-pressed={each === filter}
            onClick={() => setFilter(each)}
            className={cn(
              "h-8 shrink-0 rounded-m px-2.5 text-s text-soft hover:bg-sunken max-md:h-11",
              each === filter && "bg-sunken font-medium text-ink",
            )}
          >
            {texts.filters[each]}
          </button>
        ))}
      </div>
      <div className="grid gap-3 p-4">
        {notes.isError && <Failed error={notes.error} retry={() => void notes.refetch()} className="py-2" />}
        {notes.hasNextPage && (filter === "all" || filter === "notes") && (
          <Button size="s" className="justify-self-start" onClick={() => void notes.fetchNextPage()}>
            {texts.olderNotes}
          </Button>
        )}
        {notes.isPending && filter === "notes" ? (
          <Skeleton className="h-12" />
        ) : shown.length === 0 ? (
          <p className="text-s text-soft">{texts.nothingOf[filter]}</p>
        ) : (
          <ol aria-label={texts.timeline} className="grid gap-3">
            {shown.map(({ node }) => node)}
          </ol>
        )}
      </div>
    </Panel>
  );
}

function useEntries(lead: LeadInFull, notes: readonly Parameters<typeof NoteEntry>[0]["note"][]): readonly Entry[] {
  const memberName = useMemberName();
  const all: Entry[] = [
    ...lead.timeline
      .filter(({ type }) => !type.startsWith("delivery.") && !SHOWN_OTHERWISE.includes(type))
      .map(({ type, data, at }, index) => ({
        kind: "activity" as const,
        at,
        node: (
          <li key={`event ${index}`} className="flex items-baseline gap-2.5 text-s text-soft">
            <span aria-hidden className="size-1.5 shrink-0 -translate-y-0.5 rounded-full bg-edge" />
            <span className="min-w-0 wrap-anywhere">
              {inWords(type, data, memberName)}{" "}
              <span className="text-xs whitespace-nowrap">
                <Moment at={at} />
              </span>
            </span>
          </li>
        ),
      })),
    ...(lead.thread ?? []).map((each) => ({
      kind: "conversation" as const,
      at: each.createdAt,
      node:
        each.sender === null ? (
          <SentEntry key={each.id} entry={each} />
        ) : (
          <ReceivedEntry key={each.id} entry={each} lead={lead} />
        ),
    })),
    ...notes.map((note) => ({
      kind: "notes" as const,
      at: note.createdAt,
      node: <NoteEntry key={note.id} leadId={lead.id} note={note} />,
    })),
    ...(lead.deliveries.length > 0
      ? [
          {
            kind: "notifications" as const,
            at: lead.createdAt,
            node: (
              <li key="notifications" className="min-w-0 rounded-m border border-line">
                <Deliveries lead={lead} />
              </li>
            ),
          },
        ]
      : []),
  ];
  return all.sort((one, other) => Date.parse(one.at) - Date.parse(other.at));
}
