import { useCallback, useMemo, useState } from "react";

import type { Lead } from "@/leads/lead";

/** Which leads of the list are chosen; `isAll` is all that match, loaded or not. */
export interface Selection {
  readonly ids: ReadonlySet<string>;
  readonly isAll: boolean;
  readonly count: number;
  readonly has: (id: string) => boolean;
  /** Chooses or unchooses one; with `range` all between it and the one before. */
  readonly toggle: (id: string, range?: boolean) => void;
  readonly chooseLoaded: () => void;
  readonly chooseAll: () => void;
  readonly clear: () => void;
}

const NONE: ReadonlySet<string> = new Set();

/** Forgotten when another list is shown: `list` says which one it is. */
export function useSelection(leads: readonly Lead[], list: string): Selection {
  const [state, setState] = useState({ list, ids: NONE, isAll: false, last: "" });
  const current = useMemo(
    () => (state.list === list ? state : { list, ids: NONE, isAll: false, last: "" }),
    [state, list],
  );

  const toggle = useCallback(
    (id: string, range = false) => {
      // Who takes one out of all that match means all that are loaded but this one.
      const ids = new Set(current.isAll ? leads.map((each) => each.id) : current.ids);
      const [from, to] = range
        ? [leads.findIndex((each) => each.id === current.last), leads.findIndex((each) => each.id === id)]
        : [-1, -1];
      if (from >= 0 && to >= 0) {
        leads.slice(Math.min(from, to), Math.max(from, to) + 1).forEach((each) => ids.add(each.id));
      } else if (!ids.delete(id)) {
        ids.add(id);
      }
      setState({ list, ids, isAll: false, last: id });
    },
    [current, leads, list],
  );

  return useMemo(
    () => ({
      ids: current.ids,
      isAll: current.isAll,
      count: current.ids.size,
      has: (id: string) => current.isAll || current.ids.has(id),
      toggle,
      chooseLoaded: () => setState({ list, ids: new Set(leads.map((each) => each.id)), isAll: false, last: "" }),
      chooseAll: () => setState({ list, ids: new Set(leads.map((each) => each.id)), isAll: true, last: "" }),
      clear: () => setState({ list, ids: NONE, isAll: false, last: "" }),
    }),
    [current, leads, list, toggle],
  );
}
