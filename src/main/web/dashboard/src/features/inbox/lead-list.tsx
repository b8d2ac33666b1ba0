import { defaultRangeExtractor, type Range, useVirtualizer } from "@tanstack/react-virtual";
import { ArrowUp } from "lucide-react";
import { type KeyboardEvent, useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from "react";

import { Skeleton } from "@/components/ui/states";
import { LeadRow } from "@/features/inbox/lead-row";
import { useListKeys } from "@/features/inbox/list-keys";
import { useReadingPlace } from "@/features/inbox/reading-place";
import type { Selection } from "@/features/inbox/selection";
import { texts } from "@/features/inbox/texts";
import { useLeadOrder } from "@/leads/advance";
import type { Lead } from "@/leads/lead";

/** All rows are equally high, in the reader's own size of letters: a hundred thousand need not be measured. */
const ROW_REM = 5.75;
const OVERSCAN = 12;
/** So many rows before the end the next page is asked for. */
const AHEAD = 40;

interface Props {
  readonly leads: readonly Lead[];
  readonly hasMore: boolean;
  readonly openId: string | undefined;
  /** Undefined where nothing can be done with several. */
  readonly selection: Selection | undefined;
  readonly label: string;
  readonly onOpen: (id: string) => void;
  readonly onEnd: (() => void) | undefined;
}

/** Thousands of leads of which only those in sight exist; the keyboard walks through all of them. */
export function LeadList({ leads, hasMore, openId, selection, label, onOpen, onEnd }: Props) {
  const scroller = useRef<HTMLDivElement>(null);
  const [focused, setFocused] = useState(openId);
  /** Where the open lead stood before it left the list: keys go on from there. */
  const [gap, setGap] = useState<number>();
  const wanted = useRef<string>(undefined);
  const [rowHeight] = useState(rowHeightNow);
  const at = useMemo(() => leads.findIndex((each) => each.id === (openId ?? focused)), [leads, openId, focused]);
  const virtual = useVirtualizer({
    count: leads.length,
    getScrollElement: () => scroller.current,
    // The same function for the same leads, else all places are counted again with each step of scrolling.
    getItemKey: useCallback((index: number) => leads[index]?.id ?? index, [leads]),
    estimateSize: () => rowHeight,
    overscan: OVERSCAN,
    // What has the focus stays, or the focus would be lost with the row.
    rangeExtractor: useCallback((range: Range) => withRow(defaultRangeExtractor(range), at), [at]),
  });
  const items = virtual.getVirtualItems();
  useLeadOrder(leads);
  const fresh = useReadingPlace(leads, scroller, rowHeight, openId !== undefined);

  const isNearEnd = (virtual.range?.endIndex ?? 0) >= leads.length - AHEAD;
  useEffect(() => {
    if (onEnd && isNearEnd) {
      onEnd();
    }
  }, [isNearEnd, leads.length, onEnd]);

  const go = (index: number) => {
    const lead = leads[Math.max(0, Math.min(index, leads.length - 1))];
    if (!lead) {
      return;
    }
    virtual.scrollToIndex(leads.indexOf(lead), { align: "auto" });
    setFocused(lead.id);
    if (openId) {
      onOpen(lead.id);
    }
    wanted.current = lead.id;
    // At once where it can be: the next key may follow within a frame, and belongs to this row.
    if (!focusRow(scroller.current, lead.id)) {
      // The row comes into being only with the scrolling; who walks fast is further by then.
      requestAnimationFrame(() =>
        requestAnimationFrame(() => wanted.current === lead.id && focusRow(scroller.current, lead.id)),
      );
    }
  };
  const step = (by: 1 | -1) => go(at < 0 && gap !== undefined ? gap + (by > 0 ? 0 : -1) : at + by);
  useListKeys({ leads, at, openId, selection, onStep: step, onOpen });
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const steps: Record<string, () => void> = {
      ArrowDown: () => step(1),
      ArrowUp: () => step(-1),
      Home: () => go(0),
      End: () => go(leads.length - 1),
    };
    const walk = steps[event.key];
    if (walk && !(event.target as HTMLElement).closest("[role=menu]")) {
      event.preventDefault();
      walk();
    }
  };

  // Whoever comes back from a lead stands where they left.
  const openBefore = useRef(openId);
  useLayoutEffect(() => {
    if (openBefore.current !== undefined && openId === undefined) {
      setFocused(openBefore.current);
      focusRow(scroller.current, openBefore.current);
    }
    openBefore.current = openId;
  }, [openId]);
  // Where the row that has the focus goes away, the next one has it.
  const atBefore = useRef(at);
  useLayoutEffect(() => {
    const next = at < 0 && atBefore.current >= 0 ? leads[Math.min(atBefore.current, leads.length - 1)] : undefined;
    if (next && openId === undefined) {
      setFocused(next.id);
      requestAnimationFrame(() => document.activeElement === document.body && focusRow(scroller.current, next.id));
    }
    if (at < 0 && atBefore.current >= 0) {
      setGap(atBefore.current);
      if (next && openId !== undefined) {
        // The open lead stays open; only whoever stood on its row stands on the next one.
        requestAnimationFrame(() => document.activeElement === document.body && focusRow(scroller.current, next.id));
      }
    }
    atBefore.current = at;
  }, [at, leads, openId]);

  const onFocus = useCallback((id: string) => setFocused(id), []);
  const reachable = items.some(({ index }) => index === at) ? at : (virtual.range?.startIndex ?? 0);
  return (
    <div className="relative min-h-0 flex-1">
      <div role="status">
        {fresh.count > 0 && (
          <button
            type="button"
            onClick={fresh.toTop}
            className="absolute inset-x-0 top-2 z-20 mx-auto flex h-9 w-fit items-center gap-1.5 rounded-full bg-accent px-4 text-s font-medium text-on-accent shadow-raised max-md:h-11 [&_svg]:size-4"
          >
            <ArrowUp /> {texts.newLeads(fresh.count)}
          </button>
        )}
      </div>
      <div ref={scroller} className="h-full overflow-y-auto overscroll-contain" onKeyDown={onKeyDown}>
        <ul aria-label={label} className="relative" style={{ height: virtual.getTotalSize() }}>
          {items.map(({ index, key, start }) => {
            const lead = leads[index]!;
            return (
              <li
                key={key}
                aria-posinset={index + 1}
                aria-setsize={hasMore ? -1 : leads.length}
                className="absolute inset-x-0 top-0"
                style={{ height: rowHeight, transform: `translateY(${start}px)` }}
              >
                <LeadRow
                  lead={lead}
                  isOpen={lead.id === openId}
                  isChosen={selection?.has(lead.id) ?? false}
                  isChoosing={(selection?.count ?? 0) > 0}
                  tabIndex={index === reachable ? 0 : -1}
                  onToggle={selection?.toggle}
                  onFocus={onFocus}
                />
              </li>
            );
          })}
        </ul>
        {hasMore && (
          <div aria-hidden className="grid gap-3 p-3">
            <Skeleton className="h-12" />
            <Skeleton className="h-12" />
          </div>
        )}
      </div>
    </div>
  );
}

function rowHeightNow(): number {
  return Math.round(ROW_REM * (Number.parseFloat(getComputedStyle(document.documentElement).fontSize) || 16));
}

function withRow(rows: number[], row: number): number[] {
  return row < 0 || rows.includes(row) ? rows : [...rows, row].sort((one, other) => one - other);
}

/** Whether the row was there to be focused. */
function focusRow(scroller: HTMLElement | null, id: string): boolean {
  const row = scroller?.querySelector<HTMLElement>(`[data-lead="${id}"]`);
  row?.focus({ preventScroll: true });
  return row != null;
}
