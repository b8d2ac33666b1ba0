import type { components } from "@/lib/api";
import { money, number } from "@/lib/format";

const PROVIDERS: Record<string, string> = {
  smtp: "SMTP",
  sendgrid: "SendGrid",
  touchsms: "touchSMS",
  http: "HTTP requests",
  broker: "your message broker",
};

export const texts = {
  title: "Channels",
  about: "How you are notified of new leads. Send a test to check each channel.",
  hints: {
    email: "One address. For several people use a mailing list.",
    sms: "One mobile number, as you would write it.",
  } as Record<string, string>,
  stored: (shown: string) => `Stored encrypted: ${shown}. Enter another one to replace it.`,
  on: "On",
  off: "Off",
  notServed: "The operator of this service has not set this channel up.",
  held: "While a channel is off, new leads are not sent on it. Its pending notifications are held and sent when it is on again.",
  by: (providers: readonly string[]) => `With ${providers.map((each) => PROVIDERS[each] ?? each).join(", then ")}`,
  endpointsOn: (enabled: number, total: number) =>
    `${number(enabled)} of ${number(total)} ${total === 1 ? "endpoint is" : "endpoints are"} on.`,
  test: "Send me a test",
  testing: "On its way…",
  save: "Save",
  saved: "Saved.",
  codeOnItsWay: "A code is on its way.",
  code: "Code of six digits",
  confirm: "Confirm",
  confirmed: "Confirmed. Leads go there from now on.",
  codeSent: (to: string) => `A code was sent to ${to}. Enter it here to receive leads there.`,
  waitsForCode: (to: string) => `${to} waits until an owner enters the code that was sent there.`,
  untilThen: (to: string) => `Until then they go to ${to}.`,
  heldUntilThen: "Until then they are held in the inbox, and sent once it is confirmed.",
  notArrived: "The code did not arrive.",
  codeOver: "This code is over: it had ten minutes and five tries. Send another one.",
  anotherCode: "Send another code",
  anotherCodeIn: (seconds: number) => `Send another code in ${number(seconds)} s`,
  usage: "SMS this month",
  today: "SMS today",
  used: ({ parts, budget, cost }: components["schemas"]["UsageOfPeriod"], currency: string, end: string) =>
    `${number(parts)}${budget === null ? "" : ` of ${number(budget)}`} ${parts === 1 && budget === null ? "part" : "parts"}` +
    `${cost > 0 ? `, about ${money(cost, currency)}` : ""}; resets ${end}.`,
  usedToday: (parts: number, budget: number) => `Today: ${number(parts)} of ${number(budget)} parts.`,
  low: "Most of the budget is used. When it is spent, no more SMS are sent.",
  again: (isToday: boolean, end: string) => (isToday ? "tomorrow" : `on ${end}`),
  urgentOnly: (left: number, again: string) =>
    `The last ${number(left)} parts are kept for urgent leads. Others get an SMS again ${again}.`,
  spent: (fallbacks: readonly string[], again: string) =>
    fallbacks.length > 0
      ? `Spent: ${fallbacks.join(", then ")} takes over. SMS are sent again ${again}.`
      : `Spent, and no other channel takes over: set a fallback. SMS are sent again ${again}.`,
  manageThem: "Manage them",
  checkDomain: "Check the sender's domain",
  checkingDomain: "Asking DNS…",
  domainChecked: (domain: string, at: string) => `What DNS says of ${domain}, looked up ${at}`,
  dnsRecord: "Record",
  dnsState: "State",
  dnsStates: { found: "Found", missing: "Missing", wrong: "Wrong", unknown: "Unknown" },
  fallback: (names: readonly string[]) => `When it fails, ${names.join(", then ")} takes over.`,
};
