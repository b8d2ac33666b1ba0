package com.callback.messaging.delivery.engine;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.UUID;

/**
 * A claimed delivery with what its channel needs to render and send it.
 *
 * @param id the same on every attempt: the webhook-id, the left-hand side of Message-ID, the
 *     reference of an SMS
 * @param queueId the target queue that it stands in, with all others of its target
 * @param attempt which claim this is, from 1
 * @param round which claim since its schedule began, from 1
 * @param attemptLimit the most attempts it may have, or 0 for one more than its channel's schedule
 *     has waits
 * @param leasedBy who may record what becomes of this attempt
 * @param target the channel's configuration or the webhook subscription; null once it was deleted
 * @param message the message it is about; null for a digest
 * @param business name and time zone
 * @param payload what else rendering needs
 * @param event the event that it tells of: type, data and created_at; null for any other cause
 * @param suppression why its recipient must not be written to, such as {@code bounced}; null if it
 *     may
 */
public record Delivery(
    UUID id,
    UUID businessId,
    String cause,
    String channel,
    UUID queueId,
    String recipient,
    int attempt,
    int round,
    int attemptLimit,
    String leasedBy,
    JsonNode target,
    JsonNode message,
    JsonNode business,
    JsonNode payload,
    JsonNode event,
    String suppression) {

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("EEEE d MMMM yyyy, HH:mm", Locale.ENGLISH);

  private static final DateTimeFormatter CLOCK =
      DateTimeFormatter.ofPattern("HH:mm", Locale.ENGLISH);
  private static final DateTimeFormatter DAY_AND_CLOCK =
      DateTimeFormatter.ofPattern("EEE d MMM HH:mm", Locale.ENGLISH);

  private ZoneId zone() {
    try {
      return ZoneId.of(business.path("timeZone").asText("UTC"));
    } catch (DateTimeException e) {
      // PostgreSQL knows more names than Java; a lead must not be lost over its clock.
      return ZoneOffset.UTC;
    }
  }

  /**
   * Does nothing where its recipient may be written to. Each channel asks before it writes.
   *
   * @throws NeverDeliverableException for a suppressed recipient
   */
  public void requireUnsuppressed() {
    if (suppression != null) {
      throw new NeverDeliverableException(
          "Suppressed (%s): to write to the recipient again, delete its entry of GET /api/suppressions"
              .formatted(suppression));
    }
  }

  /** A text of the target's configuration; null when it is not there. */
  public String setting(String name) {
    return target == null ? null : target.path(name).textValue();
  }

  /** The same in short: the time alone on the day of another moment, else with the day. */
  public String shortTime(Instant moment, Instant since) {
    var local = moment.atZone(zone());
    return local.toLocalDate().equals(since.atZone(zone()).toLocalDate())
        ? CLOCK.format(local)
        : DAY_AND_CLOCK.format(local);
  }

  /** A moment as the business's own clock shows it. */
  public String localTime(Instant moment) {
    return TIME.format(moment.atZone(zone()));
  }
}
