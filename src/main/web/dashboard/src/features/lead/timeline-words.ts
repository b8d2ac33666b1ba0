import { channelsInWords } from "@/leads/escalation";
import type { CallOutcome, Priority } from "@/leads/lead";
import { shortName } from "@/leads/names";
import { leadTexts } from "@/leads/texts";
import { list as formatList, moment, span } from "@/lib/format";

type Data = Readonly<Record<string, unknown>>;
type Sentence = (who: string, data: Data, memberName: (id: string | null) => string | undefined) => string;

const text = (value: unknown) => (typeof value === "string" ? value : undefined);
const list = (value: unknown) => (Array.isArray(value) ? value.join(", ") : "");

const waited = (data: Data) => {
  const seconds = data["waitedSeconds"];
  return typeof seconds === "number" && seconds > 0 ? `Nobody had acted for ${span(seconds)}` : "Nobody had acted yet";
};

/** Such as "Step 2 of 4: SMS to kim. Nobody had acted for 15 min." */
const escalated: Sentence = (_who, data) => {
  const members = Array.isArray(data["members"]) ? data["members"].map((each) => shortName(text(each) ?? null)) : [];
  const by = channelsInWords(Array.isArray(data["channels"]) ? data["channels"].map(String) : null);
  const to = members.length > 0 ? formatList(members) : undefined;
  const did =
    data["notified"] === 0 && to
      ? `${to} had no address for it`
      : to
        ? `${by ?? "a notification"} to ${to}`
        : "your webhooks were notified";
  return `Step ${String(data["step"])} of ${String(data["of"])}: ${did}. ${waited(data)}.`;
};

const SENTENCES: Record<string, Sentence> = {
  "message.created": (_who, data) => {
    const until = text(data["deferredUntil"]);
    return until
      ? `The lead came in during the quiet hours: notifications wait until ${moment(until)}.`
      : "The lead came in.";
  },
  "delivery.summed_up": (_who, data) =>
    `It is in a summary of ${Number(data["leads"])} leads (${text(data["channel"]) ?? "channel"}).`,
  "message.undone": (who) => `${who} undid their last change.`,
  "message.read": (who) => `${who} looked at it.`,
  "message.unread": (who) => `${who} marked it as unread.`,
  "message.acknowledged": (who) => `${who} acknowledged it.`,
  "message.responded": (who) => `${who} answered it.`,
  "message.archived": (who) => `${who} archived it.`,
  "message.unarchived": (who) => `${who} took it out of the archive.`,
  "message.assigned": (who, data, memberName) => {
    const to = text(data["assignedTo"]) ?? text(data["to"]);
    if (data["reason"] === "member-removed" || data["reason"] === "member-may-only-look") {
      const from = memberName(text(data["from"]) ?? null) ?? "Who had it";
      return `${from} ${data["reason"] === "member-removed" ? "was removed" : "may only look now"}: it is nobody's again.`;
    }
    if (data["reason"] === "assignment-rule") {
      const because = text(data["explanation"]);
      return `Given to ${memberName(to ?? null) ?? "a colleague"}${because ? `: ${because}` : ""}.`;
    }
    return to ? `${who} gave it to ${memberName(to) ?? "a colleague"}.` : `${who} took it from everybody.`;
  },
  "message.tagged": (who, data) =>
    list(data["tags"]) ? `${who} tagged it: ${list(data["tags"])}.` : `${who} changed its tags.`,
  "message.noted": (who) => `${who} wrote a note.`,
  "message.priority_changed": (who, data) => {
    const to = text(data["priority"]) ?? text(data["to"]);
    return `${who} changed its priority${to ? ` to ${leadTexts.priorities[to as Priority]?.toLocaleLowerCase() ?? to}` : ""}.`;
  },
  "message.called": (who, data) => {
    const outcome = leadTexts.outcomes[data["outcome"] as CallOutcome]?.toLocaleLowerCase();
    const again = text(data["callAgainAt"]);
    return `${who} called${outcome ? `: ${outcome}` : ""}.${again ? ` Again at ${moment(again)}.` : ""}`;
  },
  "message.snoozed": (who, data) => {
    const again = text(data["callAgainAt"]);
    return again ? `${who} put it off until ${moment(again)}.` : `${who} cancelled its reminder.`;
  },
  "message.reminded": () => "It was time to call again: a reminder came.",
  "message.escalated": escalated,
  "message.escalation_step": escalated,
  "message.overdue": (_who, data) => `${waited(data)}: it is overdue, and everyone was notified.`,
  "message.replied": (who, data) => `${who} wrote ${data["channel"] === "sms" ? "an SMS" : "an e-mail"}.`,
  "message.reply_received": (_who, data) => `The lead replied by ${data["channel"] === "sms" ? "SMS" : "e-mail"}.`,
  "message.released": (who, data) => {
    const until = text(data["deferredUntil"]);
    return `${who} released it: ${until ? `notifications wait until ${moment(until)}` : "notifications were sent"}.`;
  },
  "message.discarded": (who) => `${who} discarded it as spam.`,
  "message.seen_again": () => "The same form was sent once more.",
  "message.unreached": () => "No channel reached anybody.",
};

/** An event as a sentence; of a kind that is not known its name. */
export function inWords(type: string, data: Data, memberName: (id: string | null) => string | undefined): string {
  const by = text(data["by"]);
  const who = by ? shortName(by) : "Somebody";
  return SENTENCES[type]?.(who, data, memberName) ?? type;
}
