package com.callback.messaging.delivery.receipt;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * What a provider reports of a delivery that it has accepted, and which report counts. Receipts
 * arrive late, twice and in any order: the one with the highest rank among those of the current
 * attempt decides, and of several with the same rank the one that happened last.
 *
 * <table>
 * <caption>What becomes of the delivery</caption>
 * <tr><th>event</th><th>rank</th><th>delivery</th><th>because</th></tr>
 * <tr><td>accepted</td><td>1</td><td>sent</td><td>the provider has it, also where its response was
 * lost</td></tr>
 * <tr><td>deferred</td><td>1</td><td>sent</td><td>the provider tries again by itself</td></tr>
 * <tr><td>expired</td><td>2</td><td>failed</td><td>the provider no longer tries; a delivered that
 * comes after all is right</td></tr>
 * <tr><td>delivered</td><td>3</td><td>delivered</td><td></td></tr>
 * <tr><td>complained, unsubscribed</td><td>3</td><td>delivered</td><td>somebody has read it</td></tr>
 * <tr><td>blocked</td><td>4</td><td>failed</td><td>refused this time, by policy, reputation or a
 * full mailbox: the address stays in use</td></tr>
 * <tr><td>bounced</td><td>4</td><td>failed</td><td>a mail server may accept a mail and return it
 * later: a bounce after a delivered is right, and a delivered after a bounce is old</td></tr>
 * <tr><td>dropped, undeliverable</td><td>4</td><td>failed</td><td>the provider or the network gave
 * it up</td></tr>
 * <tr><td>resubscribed</td><td>–</td><td>unchanged</td><td>it is about the address</td></tr>
 * </table>
 *
 * <p>{@code sent} changes a delivery that is pending, being sent or unknown; {@code delivered} also
 * one that is sent or failed; {@code failed} also one that is sent or delivered. A delivery that is
 * held, cancelled or sent again by a person since does not change. {@code resubscribed} ends a
 * suppression by {@code unsubscribed} that is older; one that arrives before its {@code
 * unsubscribed} does not, and a person removes that suppression.
 */
public enum ReceiptEvent {
  ACCEPTED(1, "sent", null),
  DEFERRED(1, "sent", null),
  EXPIRED(2, "failed", "The provider could not deliver it in time"),
  DELIVERED(3, "delivered", null),
  COMPLAINED(3, "delivered", null),
  UNSUBSCRIBED(3, "delivered", null),
  BLOCKED(4, "failed", "The remote server refused it"),
  BOUNCED(4, "failed", "It bounced"),
  DROPPED(4, "failed", "The provider dropped it"),
  UNDELIVERABLE(4, "failed", "The provider could not deliver it"),
  RESUBSCRIBED(0, null, null);

  private final int rank;
  private final String state;
  private final String reason;

  ReceiptEvent(int rank, String state, String reason) {
    this.rank = rank;
    this.state = state;
    this.reason = reason;
  }

  /** Its name in the database and the API. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The table above, as {@code record_receipts} reads it. */
  public static List<Rule> rules() {
    return Stream.of(values())
        .map(event -> new Rule(event.text(), event.rank, event.state, event.reason))
        .toList();
  }

  /**
   * One row of the table.
   *
   * @param state what the delivery becomes; null if it does not change
   * @param reason the sentence of a delivery that fails
   */
  public record Rule(String event, int rank, String state, String reason) {}
}
