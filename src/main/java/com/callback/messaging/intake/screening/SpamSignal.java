package com.callback.messaging.intake.screening;

/** Why a lead is held until a person has looked at it, in words for that person. */
final class SpamSignal {

  /** A field was filled in that no person sees. */
  static final String HONEYPOT = "honeypot";

  /** The form came back before a person could have read it. */
  static final String TOO_FAST = "too fast";

  /** The form was shown long ago, or never. */
  static final String STALE_FORM = "stale form";

  /** The captcha was not solved, or not here. */
  static final String CAPTCHA_FAILED = "captcha failed";

  /** Nobody could be asked whether it was solved. */
  static final String CAPTCHA_UNAVAILABLE = "captcha unavailable";

  /** More than people send. */
  static final String TOO_MANY = "too many requests";

  /** The same, of many visitors whose addresses nobody sees, because their proxy is not named. */
  static final String UNNAMED_PROXY = "too many requests through an unnamed proxy";

  private SpamSignal() {}
}
