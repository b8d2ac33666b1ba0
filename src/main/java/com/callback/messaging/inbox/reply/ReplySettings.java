package com.callback.messaging.inbox.reply;

import com.callback.messaging.platform.startup.StartFailure;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** What an operator decides about replies. */
@Component
class ReplySettings {

  private static final int MOST_PARTS = 10;

  private final int smsParts;

  ReplySettings(@Value("${replies.sms-parts}") int smsParts) {
    if (smsParts < 1 || smsParts > MOST_PARTS) {
      throw new StartFailure(
          "replies.sms-parts is %d: set REPLIES_SMS_PARTS to a number from 1 to %d."
              .formatted(smsParts, MOST_PARTS));
    }
    this.smsParts = smsParts;
  }

  /** Most parts of a reply by SMS, each of which is paid for; 1 to 10. */
  int smsParts() {
    return smsParts;
  }
}
