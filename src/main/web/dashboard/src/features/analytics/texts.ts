import { number } from "@/lib/format";
import type { components } from "@/lib/api";

export type Figures = components["schemas"]["Figures"];
export type LeadFigures = components["schemas"]["LeadFigures"];
export type Seconds = components["schemas"]["Seconds"];

export const texts = {
  title: "Analytics",
  received: "Received",
  acknowledged: "Acknowledged",
  responded: "Responded",
  rate: "Acknowledgement rate",
  toAcknowledge: "Time to acknowledge",
  toRespond: "Time to respond",
  held: "Spam held",
  median: "Median",
  p90: "9 of 10 within",
  openOnly: "Count opening hours only",
  perDay: "Leads per day",
  speedPerDay: "Time to acknowledge per day",
  hours: "When leads come in",
  channels: "Notifications by channel",
  priorities: "By priority",
  funnels: "By funnel",
  promises: "What was promised",
  none: "No leads in this period",
  noneAcknowledged: "None acknowledged in this period yet",
  noneAbout: "Choose another period or funnel.",
  csv: "Leads as CSV",
  asTable: "Show as a table",
  asChart: "Show as a chart",
  promiseNames: {
    notifiedWithin30Seconds: "Notified within 30 seconds",
    emailDelivered: "E-mails that arrive",
    smsDelivered: "SMS that arrive",
    acknowledged: "Leads acknowledged",
    medianSecondsToRespond: "Median time to respond",
  } satisfies Record<Figures["promise"][number]["name"], string>,
  noDeliveries: "No notifications.",
  time: "Time",
  chooseDays: "Choose days…",
  from: "From",
  to: "To",
  funnel: "Funnel",
  allFunnels: "All funnels",
  nothingKnown: "No data",
  kept: "Kept",
  notKept: "Not kept",
  lastDays: (days: number) => `Last ${number(days)} days`,
};
