import { useEffect, useRef } from "react";
import { create } from "zustand";

import type { Lead } from "@/leads/lead";

const KEPT = "callback-messaging-advance";

interface Advance {
  /** Whether the next lead is opened after one is archived or the outcome of a call is logged. */
  readonly isOn: boolean;
}

/** A person's choice on this device; on unless they have said otherwise. */
export const useAdvance = create<Advance>(() => ({ isOn: localStorage.getItem(KEPT) !== "false" }));

export function setAdvance(isOn: boolean): void {
  localStorage.setItem(KEPT, String(isOn));
  useAdvance.setState({ isOn });
}

let order: () => readonly Lead[] = () => [];

/** Says in which order leads are listed now. */
export function useLeadOrder(leads: readonly Lead[]): void {
  const latest = useRef(leads);
  latest.current = leads;
  useEffect(() => {
    const mine = () => latest.current;
    order = mine;
    return () => {
      if (order === mine) {
        order = () => [];
      }
    };
  }, []);
}

/** What is worked on after this lead: the next one of the list, or the one before the last; undefined where it is not listed. */
export function neighbourOf(id: string): { readonly next: string | undefined } | undefined {
  const leads = order();
  const at = leads.findIndex((each) => each.id === id);
  return at < 0 ? undefined : { next: (leads[at + 1] ?? leads[at - 1])?.id };
}
