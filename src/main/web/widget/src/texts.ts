/** All that the form says; any of it can be said otherwise. */
export const TEXTS = {
  name: "Your name",
  phone: "Phone",
  email: "E-mail",
  either: "A phone number or an e-mail, whichever you prefer",
  message: "What is it about?",
  optional: "(optional)",
  when: "When shall we call?",
  soon: "As soon as possible",
  morning: "morning",
  afternoon: "afternoon",
  evening: "evening",
  leaveEmpty: "Leave this field empty",
  send: "Call me back",
  sending: "Sending…",
  check: "Nothing was sent yet. Please check what is marked.",
  thanks: "Thank you!",
  thanksAbout: "We have your request and call you back.",
  reference: "Your reference number:",
  kept: "You are offline, or we are too busy to answer.",
  waiting: "Your request is not sent yet.",
  keptAbout: "It is kept on this device and sent by itself as soon as there is a connection.",
  notKept: "You are offline, or we are too busy to answer. Nothing was sent: please try again later.",
  doNotSend: "Do not send it",
  confirm: "There is a connection again. Please press the button once more to finish.",
  callUs: "Or call us:",
  another: "Send another request",
  refused: "This form cannot be sent at the moment.",
  nameMissing: "Tell us your name.",
  contactMissing: "Give a phone number or an e-mail address, so that somebody can call you back.",
};

export type Texts = typeof TEXTS;

/** The words of a page's own over ours; `json` as it stands in an attribute. */
export function wordsWith(json: string | null, own: Partial<Texts> | undefined): Texts {
  let given: Partial<Texts> = {};
  try {
    given = json ? (JSON.parse(json) as Partial<Texts>) : {};
  } catch {
    // A form with other words is better than none.
    console.error("callback-form: the attribute texts is not JSON.", json);
  }
  return { ...TEXTS, ...given, ...own };
}
