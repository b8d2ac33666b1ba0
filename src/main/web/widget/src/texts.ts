/** All that the form says; any of it can be said otherwise. */
export const TEXTS = {
  name: "Your name",
  phone: "Phone",
  email: "E-mail",
  either: "A phone number or an e-mail, whichever you prefer",
  message: "What is it about?",
  optional: "(optional)",
  send: "Call me back",
  sending: "Sending…",
  check: "Nothing was sent yet. Please check:",
  thanks: "Thank you!",
  thanksAbout: "We have your request and call you back.",
  reference: "Your reference number:",
  kept: "You are offline, or we cannot be reached.",
  keptAbout: "Your request is kept on this device and sent by itself as soon as there is a connection.",
  callUs: "Or call us:",
  another: "Send another request",
  refused: "This form cannot be sent at the moment.",
  nameMissing: "Tell us your name.",
  contactMissing: "Give a phone number or an e-mail address, so that somebody can call you back.",
};

export type Texts = typeof TEXTS;
