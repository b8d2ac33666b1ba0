package com.callback.messaging.inbox.received;

import java.util.Locale;

/** Why something that was received is not added to any conversation. */
enum Refusal {
  /** It is larger than the setting allows. */
  TOO_LARGE,
  /** It is no mail, or names no sender. */
  UNREADABLE,
  /** This service has sent it: somebody forwards mails back to us. */
  LOOP,
  /** Its address has a token that this service has not made. */
  FORGED,
  /** The provider takes it for spam. */
  SPAM;

  /** Its name in metrics and in the log. */
  String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
