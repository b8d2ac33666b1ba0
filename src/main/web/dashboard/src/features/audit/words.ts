/** What was done, as the end of a sentence that begins with who did it; by the operation's name in the contract. */
const WORDS: Readonly<Record<string, string>> = {
  submitMessage: "sent a lead in",
  changeMessage: "changed a lead",
  readMessage: "opened a lead",
  unreadMessage: "marked a lead as unread",
  acknowledgeMessage: "took a lead on",
  respondMessage: "marked a lead as responded",
  archiveMessage: "archived a lead",
  unarchiveMessage: "brought a lead back from the archive",
  recordCallOutcome: "noted how a call went",
  remindOfMessage: "put a lead off",
  cancelReminder: "cancelled the reminder of a lead",
  undoMessageChange: "undid a change of a lead",
  undoBulkChange: "undid a change of several leads",
  assignMessage: "assigned a lead",
  tagMessage: "changed the tags of a lead",
  releaseMessage: "released a held lead",
  discardMessage: "discarded a held lead",
  replyToMessage: "replied to a lead",
  addNote: "wrote a note",
  deleteNote: "deleted a note",
  changeMessages: "changed several leads at once",
  exportMessages: "exported leads",
  retryDelivery: "sent a notification again",
  cancelDelivery: "cancelled a notification",
  replayDeliveries: "sent several notifications again",
  cancelDeliveries: "cancelled several notifications",
  setFallbacks: "changed the fallback channels",
  deleteSuppression: "let the business write to an address again",
  createWebhookSubscription: "added a webhook endpoint",
  changeWebhookSubscription: "changed a webhook endpoint",
  deleteWebhookSubscription: "removed a webhook endpoint",
  rotateWebhookSecret: "made a new signing secret for a webhook endpoint",
  testWebhookSubscription: "sent a test to a webhook endpoint",
  disableWebhookSubscription: "switched a webhook endpoint off",
  enableWebhookSubscription: "switched a webhook endpoint on",
  createFunnel: "made a funnel",
  changeFunnel: "changed a funnel",
  createApiKey: "made an API key",
  revokeApiKey: "revoked an API key",
  exportContact: "gave out all that is known of a contact",
  eraseContact: "forgot a contact",
  changeSettings: "changed the settings of the business",
  changeMember: "gave a member another role",
  removeMember: "removed a member",
  deleteFunnel: "deleted a funnel",
  createInvitation: "invited somebody",
  acceptInvitation: "accepted an invitation",
  withdrawInvitation: "took an invitation back",
  createTemplate: "wrote a template",
  replaceTemplate: "changed a template",
  deleteTemplate: "deleted a template",
  createEscalationPolicy: "wrote an escalation policy",
  replaceEscalationPolicy: "changed an escalation policy",
  deleteEscalationPolicy: "deleted an escalation policy",
  orderEscalationPolicies: "ordered the escalation policies",
  replaceAssignmentRules: "changed who gets new leads",
  replaceRota: "changed the rota",
  setAbsence: "noted that a member is away",
  endAbsence: "ended the absence of a member",
  addPushDevice: "switched push notifications on for a device",
  removePushDevice: "removed a push device",
  testPushDevice: "sent a test to a push device",
  setOutcomeRules: "changed what follows from phone calls",
  createView: "saved a view",
  changeView: "changed a saved view",
  deleteView: "deleted a saved view",
  changeChannel: "changed a channel",
  confirmChannel: "confirmed the recipient of a channel",
  setSmsLimits: "set the SMS limits of the business",
  testChannel: "sent a test on a channel",
  endOtherSessions: "signed out on all other devices",
  endOneSession: "signed out on one device",
  changeNotificationPreferences: "changed notification preferences",
  setNotificationAddress: "set an address of their own",
  confirmNotificationAddress: "confirmed an address of their own",
  deleteNotificationAddress: "deleted an address of their own",
  "end-digest": "ended a digest by the link in it",
  "end-notification": "ended one kind of mails to a member by the link in one",
  "archive-expired": "archived leads whose time had come",
  "delete-expired": "deleted leads whose time had come",
};

/** All that can be looked for, in the order of the alphabet of the words. */
export const ACTIONS: readonly string[] = Object.keys(WORDS).toSorted((one, other) =>
  actionInWords(one).localeCompare(actionInWords(other)),
);

/** An operation that is newer than this list is told by its name. */
export function actionInWords(action: string): string {
  return WORDS[action] ?? inWords(action);
}

/** "answerWithinMinutes" and "delete-expired" as somebody reads them. */
export function inWords(name: string): string {
  return name
    .replaceAll("-", " ")
    .replaceAll(/(?<=[a-z0-9])(?=[A-Z])/gu, " ")
    .toLocaleLowerCase();
}

const ABOUT_LEADS = /^[a-z]+(?:To)?Message$|^(?:recordCallOutcome|addNote|deleteNote)$/u;

/** Whether what was acted upon is a lead, which can be opened. */
export function isAboutLead(action: string): boolean {
  return ABOUT_LEADS.test(action);
}
