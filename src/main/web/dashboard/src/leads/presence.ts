import { useEffect, useMemo, useState } from "react";
import { create } from "zustand";

import { answered, api, type components } from "@/lib/api";
import { currentSession } from "@/lib/session";

/** The service forgets who does not repeat it within 45 s. */
const REPEAT_MS = 25_000;
const HOLDS_MS = 45_000;

type Other = components["schemas"]["Presence"]["others"][number];
type Activity = components["schemas"]["PresenceAnnouncement"]["activity"];

interface Present extends Other {
  readonly until: number;
}

interface State {
  /** Who is there, by the id of the lead. */
  readonly leads: Readonly<Record<string, readonly Present[]>>;
}

const usePresent = create<State>(() => ({ leads: {} }));

/** A colleague says what they do at a lead. What one does oneself, also in another tab, is nothing to be told. */
export function notePresence(
  leadId: string,
  { memberId, name, activity }: { memberId: string; name: string; activity: Activity },
): void {
  if (memberId === currentSession()?.person.id) {
    return;
  }
  usePresent.setState(({ leads }) => {
    const now = Date.now();
    const others = (leads[leadId] ?? []).filter((each) => each.memberId !== memberId && each.until > now);
    const all = activity === "away" ? others : [...others, { memberId, name, activity, until: now + HOLDS_MS }];
    const { [leadId]: _before, ...rest } = leads;
    return { leads: all.length > 0 ? { ...rest, [leadId]: all } : rest };
  });
}

/** The colleagues who look at a lead or write to it now. */
export function useOthers(leadId: string): readonly Other[] {
  const present = usePresent(({ leads }) => leads[leadId]);
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const left = (present ?? []).map(({ until }) => until).filter((until) => until > now);
    if (left.length === 0) {
      return;
    }
    const timer = setTimeout(() => setNow(Date.now()), Math.max(Math.min(...left) - Date.now(), 0) + 50);
    return () => clearTimeout(timer);
  }, [present, now]);
  return useMemo(() => present?.filter(({ until }) => until > now) ?? [], [present, now]);
}

/** Says that one looks at a lead or writes to it, for as long as the page is in sight. */
export function useAnnouncePresence(leadId: string, isWriting: boolean): void {
  useEffect(() => {
    const announce = (activity: Activity) =>
      answered(api.PUT("/api/messages/{id}/presence", { params: { path: { id: leadId } }, body: { activity } })).then(
        ({ others }) => others.forEach((each) => notePresence(leadId, each)),
        // Who else is there is worth no notice of its own.
        () => undefined,
      );
    const present = () => {
      if (document.visibilityState === "visible") {
        void announce(isWriting ? "writing" : "viewing");
      }
    };
    const onVisibility = () => (document.visibilityState === "visible" ? present() : void announce("away"));
    present();
    const timer = setInterval(present, REPEAT_MS);
    document.addEventListener("visibilitychange", onVisibility);
    return () => {
      clearInterval(timer);
      document.removeEventListener("visibilitychange", onVisibility);
    };
  }, [leadId, isWriting]);
  useEffect(
    () => () => {
      const body = { activity: "away" } as const;
      void answered(api.PUT("/api/messages/{id}/presence", { params: { path: { id: leadId } }, body })).catch(
        () => undefined,
      );
    },
    [leadId],
  );
}
