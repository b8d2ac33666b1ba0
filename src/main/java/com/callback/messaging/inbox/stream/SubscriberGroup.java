package com.callback.messaging.inbox.stream;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The open streams of one business on this instance. One read at a time serves them, in rounds:
 * those that are up to date by turns with those that have to catch up. What a round has read is
 * sent only to those for which it was read; one that joins meanwhile may stand further back than it
 * begins.
 */
final class SubscriberGroup {

  private static final Duration BETWEEN_COUNTS = Duration.ofSeconds(1);

  private final List<Subscriber> subscribers = new CopyOnWriteArrayList<>();
  private List<Subscriber> round = List.of();
  private boolean isWanted;
  private boolean isRead;
  private boolean isForThoseBehind;
  private boolean owesCounts = true;
  private Instant counted = Instant.MIN;
  private Frame counts;

  Collection<Subscriber> subscribers() {
    return subscribers;
  }

  /** Adds a stream, and sends it what was counted for the others. */
  synchronized void join(Subscriber subscriber) {
    subscribers.add(subscriber);
    // Here, so that no older counts follow newer ones.
    if (counts != null) {
      subscriber.send(counts);
    }
  }

  void leave(Subscriber subscriber) {
    subscribers.remove(subscriber);
  }

  /** Whether no stream is open and nobody reads. */
  synchronized boolean isIdle() {
    return subscribers.isEmpty() && !isRead;
  }

  /**
   * There are, or may be, new events. Whether somebody has to begin to read; else a read goes on.
   */
  synchronized boolean want() {
    isWanted = true;
    if (isRead) {
      return false;
    }
    isRead = true;
    return true;
  }

  /** Begins the next round if there is anything to read still; if not, the read is over. */
  synchronized boolean goesOn() {
    round = nextRound();
    isRead = !round.isEmpty();
    return isRead;
  }

  private List<Subscriber> nextRound() {
    var upToDate =
        isWanted
            ? subscribers.stream().filter(Subscriber::isUpToDate).toList()
            : List.<Subscriber>of();
    var behind = subscribers.stream().filter(Subscriber::canCatchUp).toList();
    isForThoseBehind = !behind.isEmpty() && (upToDate.isEmpty() || !isForThoseBehind);
    if (isForThoseBehind) {
      return behind;
    }
    isWanted = false;
    return upToDate;
  }

  /** The read has failed. */
  synchronized void failed() {
    isRead = false;
  }

  /** The earliest position that anybody of this round is at. */
  Position position() {
    return earliest(round());
  }

  /** The earliest position that anybody is at. */
  Position earliest() {
    return earliest(subscribers);
  }

  private static Position earliest(Collection<Subscriber> of) {
    return of.stream()
        .map(Subscriber::position)
        .min(Position::compareTo)
        .orElse(new Position(Long.MAX_VALUE, 0));
  }

  /** Events for all of this round who have not had them. */
  void publish(List<Event> events, boolean thereIsMore) {
    round().forEach(subscriber -> subscriber.send(events, thereIsMore));
    if (events.stream().anyMatch(Event::changesCounts)) {
      synchronized (this) {
        owesCounts = true;
      }
    }
  }

  private synchronized List<Subscriber> round() {
    return round;
  }

  /** What was counted, for everybody. */
  void count(Frame frame) {
    synchronized (this) {
      counts = frame;
    }
    subscribers.forEach(subscriber -> subscriber.send(frame));
  }

  /** Whether it is time to count again; then somebody does. */
  synchronized boolean counts(Instant now) {
    if (!owesCounts(now)) {
      return false;
    }
    owesCounts = false;
    counted = now;
    return true;
  }

  /** Whether it is time to count again. */
  synchronized boolean owesCounts(Instant now) {
    return owesCounts && !subscribers.isEmpty() && !counted.isAfter(now.minus(BETWEEN_COUNTS));
  }
}
