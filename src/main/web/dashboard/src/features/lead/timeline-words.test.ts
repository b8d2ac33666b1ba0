import { describe, expect, it } from "vitest";

import { inWords } from "@/features/lead/timeline-words";
import { moment } from "@/lib/format";

const KIM = "0199b2c4-6f3a-7c31-8f52-3d7a9be01c03";
const memberName = (id: string | null) => (id === KIM ? "kim" : undefined);
const by = "ada@example.com";

describe("what happened", () => {
  it.each([
    ["message.created", {}, "The lead came in."],
    ["message.read", { by }, "ada looked at it."],
    ["message.unread", { by }, "ada marked it as unread."],
    ["message.acknowledged", {}, "Somebody acknowledged it."],
    ["message.responded", { by }, "ada answered it."],
    ["message.archived", { by }, "ada archived it."],
    ["message.unarchived", { by }, "ada took it out of the archive."],
    ["message.assigned", { by, assignedTo: KIM }, "ada gave it to kim."],
    ["message.assigned", { by, to: "0199b2c4-6f3a-7c31-8f52-3d7a9be01c04" }, "ada gave it to a colleague."],
    [
      "message.assigned",
      { by, from: "0199b2c4-6f3a-7c31-8f52-3d7a9be01c04", to: null, reason: "member-removed" },
      "Who had it was removed: it is nobody's again.",
    ],
    [
      "message.assigned",
      { from: null, to: KIM, reason: "assignment-rule", rule: "on_duty", explanation: "on duty until 18:00" },
      "Given to kim: on duty until 18:00.",
    ],
    ["message.assigned", { by, assignedTo: null }, "ada took it from everybody."],
    ["message.tagged", { by, tags: ["roof", "battery"] }, "ada tagged it: roof, battery."],
    ["message.tagged", { by, tags: [] }, "ada changed its tags."],
    ["message.noted", { by }, "ada wrote a note."],
    ["message.priority_changed", { by, priority: "urgent" }, "ada changed its priority to urgent."],
    ["message.priority_changed", { by, to: "of another day" }, "ada changed its priority to of another day."],
    ["message.priority_changed", { by }, "ada changed its priority."],
    ["message.called", { by, outcome: "voicemail" }, "ada called: voicemail."],
    ["message.called", { by }, "ada called."],
    ["message.replied", { by, channel: "sms" }, "ada wrote an SMS."],
    ["message.replied", { by, channel: "email" }, "ada wrote an e-mail."],
    ["message.released", { by }, "ada released it: notifications were sent."],
    [
      "message.released",
      { by, deferredUntil: "2026-04-05T07:00:00.000Z" },
      `ada released it: notifications wait until ${moment("2026-04-05T07:00:00.000Z")}.`,
    ],
    ["message.discarded", { by }, "ada discarded it as spam."],
    ["message.seen_again", {}, "The same form was sent once more."],
    ["message.reply_received", { by: "ada@example.com", channel: "email" }, "The lead replied by e-mail."],
    ["message.reply_received", { by: "+61491570006", channel: "sms" }, "The lead replied by SMS."],
    ["message.unreached", {}, "No channel reached anybody."],
    ["message.snoozed", { by }, "ada cancelled its reminder."],
    ["message.reminded", {}, "It was time to call again: a reminder came."],
    [
      "message.escalation_step",
      { step: 2, of: 4, members: ["kim@example.com"], channels: ["sms"], notified: 1, waitedSeconds: 900 },
      "Step 2 of 4: SMS to kim. Nobody had acted for 15 min.",
    ],
    [
      "message.escalated",
      { step: 1, of: 1, members: [], channels: null, notified: 0, waitedSeconds: 0 },
      "Step 1 of 1: your webhooks were notified. Nobody had acted yet.",
    ],
    [
      "message.escalation_step",
      {
        step: 1,
        of: 2,
        members: ["kim@example.com", "robin@example.com"],
        channels: ["sms"],
        notified: 0,
        waitedSeconds: 60,
      },
      "Step 1 of 2: kim and robin had no address for it. Nobody had acted for 1 min.",
    ],
    [
      "message.overdue",
      { waitedSeconds: 3600 },
      "Nobody had acted for 1 hr: it is overdue, and everyone was notified.",
    ],
    ["delivery.summed_up", { channel: "email", leads: 3 }, "It is in a summary of 3 leads (email)."],
    ["message.of_tomorrow", {}, "message.of_tomorrow"],
  ])("%s is a sentence: %j", (type, data, sentence) => {
    expect(inWords(type, data, memberName)).toBe(sentence);
  });

  it("says when somebody is called again", () => {
    const callAgainAt = "2026-11-24T01:00:00Z";
    expect(inWords("message.called", { by, outcome: "no_answer", callAgainAt }, memberName)).toBe(
      `ada called: no answer. Again at ${moment(callAgainAt)}.`,
    );
  });
});
