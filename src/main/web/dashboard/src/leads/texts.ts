import type { CallOutcome, DeliveryState, Priority, Status } from "@/leads/lead";

export const leadTexts = {
  undo: "Undo",
  acknowledged: "Acknowledged: it is yours.",
  responded: "Marked as responded.",
  archived: "Archived.",
  unarchived: "Back from the archive.",
  assigned: "Assigned.",
  unassigned: "Nobody has it now.",
  released: "Released: notifications are being sent.",
  discarded: "Discarded as spam.",
  prioritised: (priority: Priority) => `Priority is ${leadTexts.priorities[priority].toLocaleLowerCase()} now.`,
  called: {
    reached: "Good: they were reached.",
    voicemail: "Noted: voicemail.",
    no_answer: "Noted: no answer. It comes back when it is time to call again.",
    wrong_number: "Noted: wrong number.",
  } satisfies Record<CallOutcome, string>,
  outcomes: {
    reached: "Reached",
    voicemail: "Voicemail",
    no_answer: "No answer",
    wrong_number: "Wrong number",
  } satisfies Record<CallOutcome, string>,
  priorities: { urgent: "Urgent", high: "High", medium: "Medium", low: "Low" } satisfies Record<Priority, string>,
  statuses: {
    unread: "Unread",
    read: "Read",
    acknowledged: "Acknowledged",
    responded: "Responded",
    archived: "Archived",
  } satisfies Record<Status, string>,
  deliveryStates: {
    pending: "Pending",
    sending: "Sending",
    held: "Held",
    sent: "Sent",
    delivered: "Delivered",
    unknown: "May not have arrived",
    failed: "Failed",
    cancelled: "Cancelled",
  } satisfies Record<DeliveryState, string>,
};
