package com.callback.messaging.inbox.received;

import com.callback.messaging.platform.startup.StartFailure;
import java.time.Duration;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** What an operator decides about received replies of any channel. */
@Component
class ReceivedSettings {

  private static final Duration LONGEST = Duration.ofDays(365);

  private final Duration smsWindow;

  ReceivedSettings(@Value("${replies.sms-window}") Duration smsWindow) {
    if (smsWindow.isNegative() || smsWindow.isZero() || smsWindow.compareTo(LONGEST) > 0) {
      throw new StartFailure(
          "replies.sms-window is %s: set REPLIES_SMS_WINDOW to a duration up to 365d, such as 72h."
              .formatted(smsWindow));
    }
    this.smsWindow = smsWindow;
  }

  /** For how long after an SMS to a lead one from its number is an answer to it. */
  Duration smsWindow() {
    return smsWindow;
  }
}
