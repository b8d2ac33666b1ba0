package com.callback.messaging.delivery.replay;

import com.callback.messaging.operation.api.OperationRequest;
import com.callback.messaging.operation.api.Results;
import com.callback.messaging.platform.http.Problem;
import com.callback.messaging.platform.http.Problem.FieldError;
import com.callback.messaging.platform.http.RequestRefusedException;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/** Reads what the statements of replays returned. */
@Component
public class Replays {

  private static final Problem BEING_SENT =
      Problem.of(
          409,
          "being-sent",
          "It is being sent",
          "Wait until this attempt has ended, a minute at most, and check its outcome first.");

  private static final Problem ALREADY_OVER =
      Problem.of(
          409,
          "already-over",
          "Nothing to cancel",
          "Only pending and held deliveries can be cancelled, and this one has ended. To send it again, retry it.");

  private static final Problem IN_QUARANTINE =
      Problem.of(
          409,
          "message-held",
          "The lead is quarantined",
          "Its lead is quarantined. Release the lead to send this delivery, or discard the lead to cancel it.");

  private static final Problem NO_FILTER =
      Problem.of(
              400,
              "no-filter",
              "Which deliveries?",
              "Nothing was changed. Give at least one filter, such as state=failed; to mean all, give newerThan with a moment before the first.")
          .with(
              List.of(
                  new FieldError(
                      "state",
                      "Give this or another filter: channel, cause, target, messageId, olderThan, newerThan, undelivered=true, unreached=true.")));

  /** A delivery that was to be sent again or cancelled; without an answer where it was not. */
  private record OfOne(String state, boolean isInQuarantine, Replay replay) {

    static OfOne of(Map<String, Object> row) {
      return new OfOne(
          (String) row.get("state"), Boolean.TRUE.equals(row.get("in_quarantine")), Replay.of(row));
    }

    boolean isOver() {
      return !List.of("pending", "held", "sending").contains(state);
    }
  }

  /** The deliveries of a filter: how many match it, and whether the caller expected as many. */
  private record OfMany(long matching, boolean isAsExpected, Replay replay) {

    static OfMany of(Map<String, Object> row) {
      return new OfMany(
          ((Number) row.get("matching")).longValue(),
          Boolean.TRUE.equals(row.get("as_expected")),
          Replay.of(row));
    }
  }

  Replays() {}

  /**
   * Requires that a replay of many says which: everything that was ever sent is nobody's wish.
   *
   * @throws RequestRefusedException when it names no filter
   */
  public void requireFilter(OperationRequest input) {
    if (input.values().values().stream().allMatch(Boolean.FALSE::equals)) {
      throw new RequestRefusedException(NO_FILTER);
    }
  }

  /**
   * A replay of one delivery.
   *
   * @param row the row of {@code retry-delivery.sql} or {@code cancel-delivery.sql}; null when
   *     there is no such delivery
   * @throws RequestRefusedException when it could not be made
   */
  public Replay one(Map<String, Object> row) {
    var found = OfOne.of(Results.requireRow(row));
    if (found.isInQuarantine()) {
      throw new RequestRefusedException(IN_QUARANTINE);
    }
    if (found.replay().answer() == null) {
      throw new RequestRefusedException(found.isOver() ? ALREADY_OVER : BEING_SENT);
    }
    return found.replay();
  }

  /**
   * A replay of all deliveries of a filter.
   *
   * @param row the row of {@code replay-deliveries.sql} or {@code cancel-deliveries.sql}
   * @throws RequestRefusedException when they are not as many as was expected; nothing was changed
   */
  public Replay many(Map<String, Object> row) {
    var found = OfMany.of(row);
    if (!found.isAsExpected()) {
      throw new RequestRefusedException(
          Problem.of(
                  409,
                  "count-changed",
                  "The count has changed",
                  "Nothing was changed. Count again with the same filters, and send that count.")
              .with(
                  List.of(
                      new FieldError("expectedCount", "There are " + found.matching() + " now."))));
    }
    return found.replay();
  }

  /** What the audit trail says of a replay of many, as JSON: which were meant, what came of it. */
  public String details(OperationRequest input, Replay replay) {
    return "{\"filter\":" + input.filter() + ",\"outcome\":" + replay.answer() + "}";
  }
}
