package com.callback.messaging.delivery.replay;

import com.callback.messaging.operation.api.OperationRequest;
import com.callback.messaging.operation.api.Results;
import com.callback.messaging.platform.http.Problem;
import com.callback.messaging.platform.http.Problem.FieldError;
import com.callback.messaging.platform.http.RequestRefusedException;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/** Reads what the statements of repairs gave. */
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

  Replays() {}

  /**
   * Requires that a repair of many says which: everything that was ever sent is nobody's wish.
   *
   * @throws RequestRefusedException when it names no filter
   */
  public void requireFilter(OperationRequest asked) {
    if (asked.values().values().stream().allMatch(Boolean.FALSE::equals)) {
      throw new RequestRefusedException(NO_FILTER);
    }
  }

  /**
   * A repair of one delivery.
   *
   * @param row the row of {@code retry-delivery.sql} or {@code cancel-delivery.sql}; none when
   *     there is no such delivery
   * @throws RequestRefusedException when it could not be made
   */
  public Replay one(Object row) {
    if (!(row instanceof Map<?, ?> found)) {
      throw new RequestRefusedException(Results.NOTHING);
    }
    if (Boolean.TRUE.equals(found.get("in_quarantine"))) {
      throw new RequestRefusedException(IN_QUARANTINE);
    }
    if (found.get("answer") == null) {
      var ended = !List.of("pending", "held", "sending").contains((String) found.get("state"));
      throw new RequestRefusedException(ended ? ALREADY_OVER : BEING_SENT);
    }
    return made(found);
  }

  /**
   * A repair of all deliveries of a filter.
   *
   * @param row the row of {@code replay-deliveries.sql} or {@code cancel-deliveries.sql}
   * @throws RequestRefusedException when they are not as many as was expected; nothing was changed
   */
  public Replay many(Map<String, Object> row) {
    if (!Boolean.TRUE.equals(row.get("as_expected"))) {
      throw new RequestRefusedException(
          Problem.of(
                  409,
                  "count-changed",
                  "The count has changed",
                  "Nothing was changed. Count again with the same filters, and send that count.")
              .with(
                  List.of(
                      new FieldError(
                          "expectedCount", "There are " + row.get("matching") + " now."))));
    }
    return made(row);
  }

  /** What the audit trail says of a repair of many, as JSON: which were meant, what came of it. */
  public String noted(OperationRequest asked, Replay repair) {
    return "{\"filter\":" + asked.filter() + ",\"outcome\":" + repair.answer() + "}";
  }

  private static Replay made(Map<?, ?> row) {
    return new Replay((String) row.get("answer"), (String) row.get("channels"));
  }
}
