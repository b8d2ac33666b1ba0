package com.callback.messaging.inbox.reply;

import com.callback.messaging.intake.submission.Reference;
import com.callback.messaging.operation.caller.Caller;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * What a text is written from: whom it is for, and who writes.
 *
 * @param lead as {@code messaging.letter} gives it
 * @param business as {@code messaging.letterhead} gives it
 * @param agent the name of the person who writes; null for a machine
 */
record Letter(JsonNode lead, JsonNode business, String agent) {

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("EEEE d MMMM yyyy, HH:mm", Locale.ENGLISH);

  static Letter of(JsonNode lead, JsonNode business, Caller caller) {
    return new Letter(lead, business, caller.isPerson() ? spoken(caller.name()) : null);
  }

  /** A text of the lead's; null where there is none. */
  String ofLead(String field) {
    return lead.path(field).textValue();
  }

  String firstName() {
    var name = ofLead("name");
    return name == null ? null : name.strip().split("\\s", 2)[0];
  }

  String businessName() {
    return business.path("name").textValue();
  }

  String reference() {
    return Reference.of(UUID.fromString(ofLead("id")));
  }

  /** When the lead came in, by the clock of the business. */
  String receivedAt() {
    return TIME.format(Instant.parse(ofLead("createdAt")).atZone(zone()));
  }

  private ZoneId zone() {
    try {
      return ZoneId.of(business.path("timeZone").asText("UTC"));
    } catch (DateTimeException e) {
      // PostgreSQL knows more names than Java.
      return ZoneOffset.UTC;
    }
  }

  /** Of people no more than their address is known: kim.lee@example.com is spoken to as Kim Lee. */
  private static String spoken(String name) {
    var at = name.lastIndexOf('@');
    if (at < 1) {
      return null;
    }
    return Arrays.stream(name.substring(0, at).replaceAll("\\+.*", "").split("[._-]+"))
        .filter(word -> !word.isEmpty())
        .map(word -> word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1))
        .collect(Collectors.joining(" "));
  }
}
