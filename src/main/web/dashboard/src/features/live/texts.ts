import { number } from "@/lib/format";

export const texts = {
  live: "Live",
  connecting: "Connecting…",
  reconnecting: "Reconnecting…",
  reconnectingSince: (since: string) => `Reconnecting since ${since}. What you see may not be the newest.`,
  offline: "Offline",
  offlineSince: (since: string) => `Offline since ${since}. New leads appear when the network is back.`,
  signedOut: "Signed out",
  signedOutAbout: "You are signed out. This page stays as it is and goes on once you have signed in.",
  signIn: "Sign in again",
  backAgain: "Live again.",
  open: "Open",
  acknowledge: "Acknowledge",
  newLead: (name: string) => `New lead: ${name}`,
  newLeads: (count: number) => `${number(count)} new leads`,
  newLeadsAbout: "They came in together.",
  wants: { callback_request: "Wants to be called back" } as Readonly<Record<string, string>>,
  wantsSomething: "Wants to hear from you",
  mute: "Mute new leads",
  unmute: "Unmute new leads",
  pages: { inbox: "Inbox", analytics: "Analytics", settings: "Settings" } as Readonly<Record<string, string>>,
};
