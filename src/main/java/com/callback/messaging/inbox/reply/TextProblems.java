package com.callback.messaging.inbox.reply;

import com.callback.messaging.platform.http.Problem;
import com.callback.messaging.platform.http.Problem.FieldError;
import com.callback.messaging.platform.http.Problems;
import com.callback.messaging.platform.http.RequestRefusedException;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** Why a text is not written or not kept. */
final class TextProblems {

  static final FieldError SMS_HAS_NO_SUBJECT =
      new FieldError("subject", "An SMS has no subject: leave it out.");

  static final Problem HELD =
      Problem.of(
          409,
          "message-held",
          "The lead is quarantined",
          "It is quarantined as possible spam. Release it first, then reply.");

  static final Problem ARCHIVED =
      Problem.of(
          409, "message-archived", "The lead is archived", "Unarchive it first, then reply.");

  static final Problem SUPPRESSED =
      Problem.of(
          409,
          "address-suppressed",
          "This address is suppressed",
          "Its owner opted out, or it does not exist. Use another channel, or call.");

  private TextProblems() {}

  /** A body that keeps to its schema and is wrong all the same. */
  static RequestRefusedException of(List<FieldError> errors) {
    return new RequestRefusedException(Problems.invalidBody(errors));
  }

  static RequestRefusedException of(String field, String remedy) {
    return of(List.of(new FieldError(field, remedy)));
  }

  /** The lead cannot be answered so. */
  static RequestRefusedException unreachable(String kind, String title, String detail) {
    return new RequestRefusedException(
        Problem.of(422, kind, title, detail).with(List.of(new FieldError("channel", detail))));
  }

  static boolean isSubjectOfSms(JsonNode body) {
    return body.path("channel").asText().equals(ReplyTexts.SMS) && body.path("subject").isTextual();
  }
}
