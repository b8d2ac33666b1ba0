package com.callback.messaging.delivery.channel.sms;

import com.callback.messaging.delivery.engine.AttemptFailedException;
import com.callback.messaging.delivery.engine.FailureKind;
import com.callback.messaging.delivery.engine.NeverDeliverableException;
import com.callback.messaging.platform.startup.StartFailure;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * What the body of a 2xx says: {@code channels.sms.http.response.*}. Each is a regular expression
 * that is looked for in the body; an empty one says nothing. Where {@code accepted} is found, the
 * others do not count. Where it is set and nothing is found, nobody knows whether the message was
 * sent: a body that breaks off, or a page of a proxy.
 *
 * @param accepted what the body of an accepted message has; without it all other bodies are
 *     accepted ones
 * @param refused what says that the message will never be sent
 * @param temporary what says that the message was not sent, and may be sent by another request
 * @param reference its first group is the provider's own id of the message
 */
record HttpSmsResponse(Pattern accepted, Pattern refused, Pattern temporary, Pattern reference) {

  HttpSmsResponse {
    accepted = orNull(accepted);
    refused = orNull(refused);
    temporary = orNull(temporary);
    reference = orNull(reference);
    if (reference != null && reference.matcher("").groupCount() < 1) {
      throw new StartFailure(
          "channels.sms.http.response.reference has no group: put the part that is the id into parentheses.");
    }
  }

  private static Pattern orNull(Pattern pattern) {
    return pattern == null || pattern.pattern().isEmpty() ? null : pattern;
  }

  /**
   * The provider's id of the message in the body of a 2xx; null if it gave none.
   *
   * @throws NeverDeliverableException if the body refuses the message
   * @throws AttemptFailedException if it refuses it for now, or does not say what became of it
   */
  String reference(byte[] body) {
    var text = new String(body, StandardCharsets.UTF_8);
    if (accepted != null && !accepted.matcher(text).find() || accepted == null && says(text)) {
      throw failure(text);
    }
    var found = reference == null ? null : reference.matcher(text);
    return found != null && found.find() ? found.group(1) : null;
  }

  private RuntimeException failure(String text) {
    if (has(temporary, text)) {
      return new AttemptFailedException(
          FailureKind.TEMPORARY, "The SMS provider did not take the message for now");
    }
    if (has(refused, text)) {
      return new NeverDeliverableException("The SMS provider refused the message");
    }
    return new AttemptFailedException(
        FailureKind.UNKNOWN,
        "The SMS provider's response does not say that it accepted the message, so it may have been sent");
  }

  private boolean says(String text) {
    return has(temporary, text) || has(refused, text);
  }

  private static boolean has(Pattern pattern, String text) {
    return pattern != null && pattern.matcher(text).find();
  }
}
