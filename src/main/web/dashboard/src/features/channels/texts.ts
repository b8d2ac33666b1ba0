export const texts = {
  title: "Channels",
  about: "The ways in which you are told of a lead. Try each one: then you know that it reaches you when it matters.",
  names: { email: "E-mail", sms: "SMS", webhook: "Webhooks" } as Record<string, string>,
  recipient: { email: "Address", sms: "Mobile number" } as Record<string, string>,
  hints: {
    email: "One address. For several people use a mailing list.",
    sms: "One mobile number, as you would write it.",
  } as Record<string, string>,
  on: "On",
  off: "Off",
  notServed: "The operator of this service has not set this channel up.",
  held: "What is owed to a channel that is off is held, and goes out when it is on again.",
  test: "Send me a test",
  testing: "On its way…",
  save: "Save",
  saved: "Saved.",
};
