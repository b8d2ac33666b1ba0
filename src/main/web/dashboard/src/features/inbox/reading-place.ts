import { type RefObject, useEffect, useLayoutEffect, useRef, useState } from "react";

import type { Lead } from "@/leads/lead";

const AT_TOP = 40;
const NEAR = 30;

/**
 * Keeps what somebody reads where it is: rows that come in or go away above do not move it, and a list that was out of sight comes back
 * as it was left. Tells how many came in above meanwhile.
 */
export function useReadingPlace(
  leads: readonly Lead[],
  scroller: RefObject<HTMLElement | null>,
  rowHeight: number,
  isBeside: boolean,
) {
  const [count, setCount] = useState(0);
  const before = useRef(leads);
  const place = useRef(0);

  useLayoutEffect(() => {
    const old = before.current;
    before.current = leads;
    const element = scroller.current;
    if (!element || old === leads || place.current <= AT_TOP) {
      return;
    }
    const moved = movement(old, leads, Math.floor(place.current / rowHeight));
    if (moved !== 0) {
      place.current += moved * rowHeight;
      element.scrollTop = place.current;
      setCount((known) => Math.max(0, known + moved));
    }
  }, [leads, scroller, rowHeight]);

  useEffect(() => {
    const element = scroller.current;
    const onScroll = () => {
      // What is not displayed says that it is at its top.
      if (element && element.clientHeight > 0) {
        place.current = element.scrollTop;
        if (place.current <= AT_TOP) {
          setCount(0);
        }
      }
    };
    element?.addEventListener("scroll", onScroll, { passive: true });
    return () => element?.removeEventListener("scroll", onScroll);
  }, [scroller]);

  useLayoutEffect(() => {
    const element = scroller.current;
    if (element && !isBeside && Math.abs(element.scrollTop - place.current) > 1) {
      element.scrollTop = place.current;
    }
  }, [isBeside, scroller]);

  return {
    count,
    toTop: () => {
      setCount(0);
      scroller.current?.scrollTo({ top: 0 });
    },
  };
}

/** By how many rows that which was read has moved; the row itself may be gone, then the next one that is left counts. */
function movement(old: readonly Lead[], now: readonly Lead[], at: number): number {
  for (let index = at; index < Math.min(at + NEAR, old.length); index++) {
    const found = old[index] === now[index] ? index : now.findIndex((each) => each.id === old[index]!.id);
    if (found >= 0) {
      return found - at;
    }
  }
  return 0;
}
