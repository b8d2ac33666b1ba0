package com.callback.messaging.inbox.stream;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Those of this instance who watch one business. One read at a time serves them, in rounds: those
 * who are up to date by turns with those who have to catch up. A round tells only those for whom it
 * was read; whoever joins meanwhile may stand further back than it begins.
 */
final class Feed {

  private static final Duration BETWEEN_COUNTS = Duration.ofSeconds(1);

  private final List<Listener> listeners = new CopyOnWriteArrayList<>();
  private List<Listener> round = List.of();
  private boolean isWanted;
  private boolean isRead;
  private boolean isForThoseBehind;
  private boolean owesCounts = true;
  private Instant counted = Instant.MIN;
  private Frame counts;

  Collection<Listener> listeners() {
    return listeners;
  }

  /** Adds one who watches; they are told what was counted for the others. */
  synchronized void join(Listener listener) {
    listeners.add(listener);
    // Here, so that no older counts follow newer ones.
    if (counts != null) {
      listener.tell(counts);
    }
  }

  void leave(Listener listener) {
    listeners.remove(listener);
  }

  /** Whether nobody watches and nobody reads. */
  synchronized boolean isIdle() {
    return listeners.isEmpty() && !isRead;
  }

  /** There is, or may be, news. Whether somebody has to begin to read; else whoever reads does. */
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

  private List<Listener> nextRound() {
    var upToDate =
        isWanted ? listeners.stream().filter(Listener::isUpToDate).toList() : List.<Listener>of();
    var behind = listeners.stream().filter(Listener::canCatchUp).toList();
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
    return earliest(listeners);
  }

  private static Position earliest(Collection<Listener> of) {
    return of.stream()
        .map(Listener::position)
        .min(Position::compareTo)
        .orElse(new Position(Long.MAX_VALUE, 0));
  }

  /** Events for all of this round who have not had them. */
  void tell(List<Event> events, boolean thereIsMore) {
    round().forEach(listener -> listener.tell(events, thereIsMore));
    if (events.stream().anyMatch(Event::changesCounts)) {
      synchronized (this) {
        owesCounts = true;
      }
    }
  }

  private synchronized List<Listener> round() {
    return round;
  }

  /** What was counted, for everybody. */
  void count(Frame frame) {
    synchronized (this) {
      counts = frame;
    }
    listeners.forEach(listener -> listener.tell(frame));
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
    return owesCounts && !listeners.isEmpty() && !counted.isAfter(now.minus(BETWEEN_COUNTS));
  }
}
