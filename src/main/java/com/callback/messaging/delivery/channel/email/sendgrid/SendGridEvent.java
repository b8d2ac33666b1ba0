package com.callback.messaging.delivery.channel.email.sendgrid;

import com.callback.messaging.delivery.receipt.DeliveryReceipt;
import com.callback.messaging.delivery.receipt.ReceiptEvent;
import com.callback.messaging.platform.secrets.Sha256;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One event as SendGrid sends it.
 *
 * <table>
 * <caption>What it means here</caption>
 * <tr><th>event</th><th>receipt</th><th>suppresses the address</th></tr>
 * <tr><td>processed</td><td>accepted</td><td></td></tr>
 * <tr><td>deferred, delivered</td><td>the same</td><td></td></tr>
 * <tr><td>bounce</td><td>bounced</td><td>unless its status says that the mailbox is full, a policy
 * refused it, or it is temporary ({@code 5.2.2}, {@code 5.7.x}, {@code 4.x.x})</td></tr>
 * <tr><td>bounce of the type blocked</td><td>blocked</td><td></td></tr>
 * <tr><td>dropped</td><td>dropped</td><td>if SendGrid suppresses it: Bounced Address, Invalid,
 * Unsubscribed Address, Spam Reporting Address</td></tr>
 * <tr><td>spamreport</td><td>complained</td><td>yes</td></tr>
 * <tr><td>unsubscribe, group_unsubscribe</td><td>unsubscribed</td><td>yes</td></tr>
 * <tr><td>group_resubscribe</td><td>resubscribed</td><td></td></tr>
 * <tr><td>all others</td><td>none</td><td></td></tr>
 * </table>
 */
record SendGridEvent(JsonNode fields, Instant now) {

  private static final Pattern NOT_THE_ADDRESS = Pattern.compile("4\\..*|5\\.2\\.2|5\\.7\\..*");
  private static final Pattern ATTEMPT = Pattern.compile("[1-9][0-9]{0,8}");
  private static final Pattern UNIX_SECONDS = Pattern.compile("[0-9]{1,10}");
  private static final Pattern ID = Pattern.compile("[!-~]{1,100}");
  private static final String BOUNCED = "bounced";
  private static final String COMPLAINED = "complained";
  private static final String UNSUBSCRIBED = "unsubscribed";
  private static final int LONGEST_REFERENCE = 100;

  /**
   * @param now the time of an event that has none
   */
  static SendGridEvent of(JsonNode fields, Instant now) {
    return new SendGridEvent(fields, now);
  }

  /** What it reports of a delivery; empty for an event that is not used or names no mail. */
  Optional<DeliveryReceipt> receipt() {
    return event().filter(event -> delivery() != null || reference() != null).map(this::receipt);
  }

  private DeliveryReceipt receipt(ReceiptEvent event) {
    var suppression = suppression(event);
    return new DeliveryReceipt(
        delivery(),
        "email",
        SendGridEvents.PROVIDER,
        reference(),
        attempt(),
        event.text(),
        id(),
        at(),
        detail(),
        text("email"),
        suppression);
  }

  private Optional<ReceiptEvent> event() {
    return Optional.ofNullable(
        switch (String.valueOf(text("event"))) {
          case "processed" -> ReceiptEvent.ACCEPTED;
          case "deferred" -> ReceiptEvent.DEFERRED;
          case "delivered" -> ReceiptEvent.DELIVERED;
          case "bounce" ->
              "blocked".equals(text("type")) ? ReceiptEvent.BLOCKED : ReceiptEvent.BOUNCED;
          case "dropped" -> ReceiptEvent.DROPPED;
          case "spamreport" -> ReceiptEvent.COMPLAINED;
          case "unsubscribe", "group_unsubscribe" -> ReceiptEvent.UNSUBSCRIBED;
          case "group_resubscribe" -> ReceiptEvent.RESUBSCRIBED;
          default -> null;
        });
  }

  private String suppression(ReceiptEvent event) {
    return switch (event) {
      case BOUNCED ->
          NOT_THE_ADDRESS.matcher(String.valueOf(text("status"))).matches() ? null : BOUNCED;
      case COMPLAINED -> COMPLAINED;
      case UNSUBSCRIBED -> UNSUBSCRIBED;
      case DROPPED ->
          switch (String.valueOf(text("reason"))) {
            case "Bounced Address", "Invalid" -> BOUNCED;
            case "Spam Reporting Address" -> COMPLAINED;
            case "Unsubscribed Address" -> UNSUBSCRIBED;
            default -> null;
          };
      default -> null;
    };
  }

  private UUID delivery() {
    try {
      var id = text(SendGrid.DELIVERY);
      return id == null || id.length() != 36 ? null : UUID.fromString(id);
    } catch (IllegalArgumentException e) {
      // Of another sender of the same account.
      return null;
    }
  }

  /** What the response had as {@code X-Message-Id}: all before the first dot. */
  private String reference() {
    var id = text("sg_message_id");
    if (id == null) {
      return null;
    }
    var end = id.indexOf('.');
    var reference = end < 0 ? id : id.substring(0, end);
    return reference.isEmpty() || reference.length() > LONGEST_REFERENCE ? null : reference;
  }

  private Integer attempt() {
    var attempt = text(SendGrid.ATTEMPT);
    return attempt != null && ATTEMPT.matcher(attempt).matches() ? Integer.valueOf(attempt) : null;
  }

  /** The same when the event is repeated, also if SendGrid has given it none. */
  private String id() {
    var id = text("sg_event_id");
    return id != null && ID.matcher(id).matches()
        ? id
        : HexFormat.of().formatHex(Sha256.of(fields.toString()));
  }

  private Instant at() {
    var seconds = text("timestamp");
    return seconds != null && UNIX_SECONDS.matcher(seconds).matches()
        ? Instant.ofEpochSecond(Long.parseLong(seconds))
        : now;
  }

  /** What the mail server or SendGrid says. */
  private String detail() {
    var said =
        Stream.of(text("bounce_classification"), text("reason"), text("response"))
            .filter(part -> part != null && !part.isBlank())
            .collect(Collectors.joining(": "));
    return said.isEmpty() ? null : said;
  }

  /** The text or number of a field; null for anything else. */
  private String text(String name) {
    var value = fields.path(name);
    return value.isTextual() || value.isNumber() ? value.asText() : null;
  }
}
