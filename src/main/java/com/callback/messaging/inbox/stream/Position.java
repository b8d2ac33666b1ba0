package com.callback.messaging.inbox.stream;

import java.util.regex.Pattern;

/**
 * A place in the events of a business: behind this one. Events are ordered by the transaction that
 * wrote them, and only those are read before which nothing can be committed any more; an id alone
 * would skip what began early and was committed late.
 *
 * @param tx number of the transaction, counted from the beginning of the cluster's epoch
 * @param id of the event
 */
public record Position(long tx, long id) implements Comparable<Position> {

  private static final Pattern TEXT = Pattern.compile("([0-9]{1,18})-([0-9]{1,18})");

  /** As {@link #toString} wrote it; null for anything else. */
  static Position of(String text) {
    var parts = TEXT.matcher(text);
    return parts.matches()
        ? new Position(Long.parseLong(parts.group(1)), Long.parseLong(parts.group(2)))
        : null;
  }

  @Override
  public int compareTo(Position other) {
    int byTransaction = Long.compare(tx, other.tx);
    return byTransaction == 0 ? Long.compare(id, other.id) : byTransaction;
  }

  @Override
  public String toString() {
    return tx + "-" + id;
  }
}
