import { number } from "@/lib/format";

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
  manageThem: "Manage them",
  checkDomain: "Check the sender's domain",
  checkingDomain: "Asking DNS…",
  domainChecked: (domain: string, at: string) => `What DNS says of ${domain}, looked up ${at}`,
  dnsRecord: "Record",
  dnsState: "State",
  dnsStates: { found: "Found", missing: "Missing", wrong: "Wrong", unknown: "Unknown" },
  fallback: (names: readonly string[]) => `When it fails, ${names.join(", then ")} takes over.`,
};
