export const texts = {
  signIn: "Sign in",
  about: "We send you a link. No password, nothing to remember.",
  mail: "E-mail",
  sending: "Sending…",
  send: "Send me a link",
  sent: "Check your e-mail",
  sandboxMails: "Open the sandbox’s mails",
  another: "Use another address",
  password: "Password",
  passwordHint: "Leave it empty to get a link by e-mail instead.",
  mailed: "If this address has an account, a link is on its way.",
};
