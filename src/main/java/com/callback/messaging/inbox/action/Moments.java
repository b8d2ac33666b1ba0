package com.callback.messaging.inbox.action;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Moments of a lead as the clock of its business shows them. */
final class Moments {

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("EEEE d MMMM, HH:mm", Locale.ENGLISH);

  private Moments() {}

  /**
   * A moment.
   *
   * @param lead with its {@code timeZone}
   * @return null where the lead has no such moment
   */
  static String of(JsonNode lead, String field) {
    var text = lead.path(field).textValue();
    return text == null
        ? null
        : TIME.format(OffsetDateTime.parse(text).atZoneSameInstant(zone(lead)));
  }

  private static ZoneId zone(JsonNode lead) {
    try {
      return ZoneId.of(lead.path("timeZone").asText("UTC"));
    } catch (DateTimeException e) {
      // PostgreSQL knows more names than Java.
      return ZoneOffset.UTC;
    }
  }
}
