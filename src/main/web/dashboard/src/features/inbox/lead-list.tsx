import { useVirtualizer } from "@tanstack/react-virtual";
import { ArrowUp } from "lucide-react";
import { type KeyboardEvent, type RefObject, useCallback, useEffect, useLayoutEffect, useRef, useState } from "react";

import { LeadRow } from "@/features/inbox/lead-row";
import type { Selection } from "@/features/inbox/selection";
import { texts } from "@/features/inbox/texts";
import type { Lead } from "@/leads/lead";
import { useShortcuts } from "@/lib/shortcuts";

const ROW_HEIGHT = 91;
const AHEAD = 12;
const AT_TOP = 40;

interface Props {
  readonly leads: readonly Lead[];
  readonly total: number | undefined;
  readonly openId: string | undefined;
  readonly selection: Selection;
  readonly label: string;
  readonly onOpen: (id: string) => void;
  readonly onEnd: (() => void) | undefined;
}

/** Thousands of leads of which only those in sight exist; the keyboard walks through all of them. */
export function LeadList({ leads, total, openId, selection, label, onOpen, onEnd }: Props) {
  const scroller = useRef<HTMLDivElement>(null);
  const [focused, setFocused] = useState<string>();
  const virtual = useVirtualizer({
    count: leads.length,
    getScrollElement: () => scroller.current,
    getItemKey: (index) => leads[index]?.id ?? index,
    estimateSize: () => ROW_HEIGHT,
    overscan: AHEAD,
  });
  const items = virtual.getVirtualItems();
  const last = items.at(-1)?.index ?? 0;
  const fresh = useFreshLeads(leads, scroller);

  useEffect(() => {
    if (onEnd && last >= leads.length - AHEAD) {
      onEnd();
    }
  }, [last, leads.length, onEnd]);

  const at = leads.findIndex((each) => each.id === (openId ?? focused));
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
    // The row may come into being only with the scrolling.
    requestAnimationFrame(() => requestAnimationFrame(() => focusRow(scroller.current, lead.id)));
  };
  useShortcuts([
    { keys: "j", label: "Next lead", group: "List", run: () => go(at + 1) },
    { keys: "k", label: "Previous lead", group: "List", run: () => go(at < 0 ? 0 : at - 1) },
    { keys: "Enter", label: "Open the lead", group: "List", run: () => focused && onOpen(focused) },
    { keys: "x", label: "Select the lead", group: "List", run: () => at >= 0 && selection.toggle(leads[at]!.id) },
  ]);

  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const steps: Record<string, number> = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: leads.length - 1 };
    const to = steps[event.key];
    if (to !== undefined && !(event.target as HTMLElement).closest("[role=menu]")) {
      event.preventDefault();
      go(to);
    }
  };

  const onFocus = useCallback((id: string) => setFocused(id), []);
  const reachable = focused && leads.some((each) => each.id === focused) ? focused : (openId ?? leads[0]?.id);
  return (
    <div className="relative min-h-0 flex-1">
      {fresh.count > 0 && (
        <button
          type="button"
          onClick={fresh.show}
          className="absolute inset-x-0 top-2 z-20 mx-auto flex h-9 w-fit items-center gap-1.5 rounded-full bg-accent px-4 text-s font-medium text-on-accent shadow-raised [&_svg]:size-4"
        >
          <ArrowUp /> {texts.newLeads(fresh.count)}
        </button>
      )}
      <div ref={scroller} className="h-full overflow-y-auto overscroll-contain" onKeyDown={onKeyDown}>
        <ul aria-label={label} className="relative" style={{ height: virtual.getTotalSize() }}>
          {items.map(({ index, key, start }) => {
            const lead = leads[index]!;
            return (
              <li
                key={key}
                ref={virtual.measureElement}
                data-index={index}
                aria-posinset={index + 1}
                aria-setsize={total ?? -1}
                className="absolute inset-x-0 top-0"
                style={{ transform: `translateY(${start}px)` }}
              >
                <LeadRow
                  lead={lead}
                  isOpen={lead.id === openId}
                  isChosen={selection.has(lead.id)}
                  isChoosing={selection.count > 0}
                  tabIndex={lead.id === reachable ? 0 : -1}
                  onToggle={selection.toggle}
                  onFocus={onFocus}
                />
              </li>
            );
          })}
        </ul>
      </div>
    </div>
  );
}

function focusRow(scroller: HTMLElement | null, id: string): void {
  scroller?.querySelector<HTMLElement>(`[data-lead="${id}"]`)?.focus({ preventScroll: true });
}

/**
 * What came in at the top while somebody reads further down: the list stays where it is, and says how many there are. Rows above are as
 * high as estimated, nearly.
 */
function useFreshLeads(leads: readonly Lead[], scroller: RefObject<HTMLDivElement | null>) {
  const [count, setCount] = useState(0);
  const first = useRef(leads[0]?.id);
  useLayoutEffect(() => {
    const element = scroller.current;
    const before = leads.findIndex((each) => each.id === first.current);
    if (element && element.scrollTop > AT_TOP && before > 0) {
      element.scrollTop += before * ROW_HEIGHT;
      setCount((old) => old + before);
    }
    first.current = leads[0]?.id;
  }, [leads, scroller]);
  useEffect(() => {
    const element = scroller.current;
    const onScroll = () => element && element.scrollTop <= AT_TOP && setCount(0);
    element?.addEventListener("scroll", onScroll, { passive: true });
    return () => element?.removeEventListener("scroll", onScroll);
  }, [scroller]);
  return {
    count,
    show: () => {
      setCount(0);
      scroller.current?.scrollTo({ top: 0, behavior: "smooth" });
    },
  };
}
