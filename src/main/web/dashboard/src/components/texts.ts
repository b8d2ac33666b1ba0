import { number, relative } from "@/lib/format";

export const texts = {
  noAttempts: "No call was made yet.",
  whatIsSent: "What is sent",
  tryingAgain: "Trying again",
  held: "Held",
  nobodyReached: "Nobody reached",
  mailFailed: "E-mail failed",
  smsFailed: "SMS failed",
  cancel: "Cancel",
  copied: "Copied",
  close: "Close",
  forOwners: "For owners",
  notLoaded: "This part of the page could not be loaded",
  tryAgain: "Try again",
  dismiss: "Dismiss",
  nextAttempt: (at: string) => `The next one is ${relative(at)}.`,
  sameId: (id: string) => `Id ${id}, the same on every attempt.`,
  attempt: (count: number) => `Attempt ${number(count)}`,
  answered: (status: number) => `answered ${status}`,
  erased: "(the lead was erased)",
};
