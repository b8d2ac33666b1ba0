import { create } from "zustand";

import { currentBusiness } from "@/lib/session";

/** How far somebody has come with the first steps of a business. */
export interface Progress {
  /** Undefined until somebody decides: then they are shown where there is no lead. */
  readonly isShown?: boolean | undefined;
  readonly sentId?: string | undefined;
  readonly hasTried?: boolean | undefined;
}

const REMEMBERED = "callback-messaging-first-steps";
const NONE: Progress = {};

type Kept = Readonly<Record<string, Progress>>;

function remembered(): Kept {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(REMEMBERED) ?? "{}");
    return typeof kept === "object" && kept !== null ? (kept as Kept) : {};
  } catch {
    return {};
  }
}

const useKept = create<{ readonly kept: Kept }>(() => ({ kept: remembered() }));

const here = () => currentBusiness()?.id ?? "";

export function useProgress(): Progress {
  return useKept(({ kept }) => kept[here()] ?? NONE);
}

/** Whether the first steps stand beside the list: where there is no lead yet, or somebody asked for them. */
export function useFirstSteps(hasNoLeads: boolean | undefined): boolean {
  return useProgress().isShown ?? hasNoLeads ?? false;
}

export function progress(change: Progress): void {
  useKept.setState(({ kept }) => ({ kept: { ...kept, [here()]: { ...kept[here()], ...change } } }));
  localStorage.setItem(REMEMBERED, JSON.stringify(useKept.getState().kept));
}
