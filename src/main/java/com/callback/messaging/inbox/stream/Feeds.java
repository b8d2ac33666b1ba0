package com.callback.messaging.inbox.stream;

import static java.util.stream.Collectors.collectingAndThen;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toList;

import com.callback.messaging.operation.caller.Caller;
import com.callback.messaging.platform.http.Problem;
import com.callback.messaging.platform.http.RequestRefusedException;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** All who watch, by business. What is told and when stands in routes/inbox/stream.yaml. */
@Component
public class Feeds {

  /** So many rows are read at once. */
  static final int PAGE = 200;

  private final Map<UUID, Feed> feeds = new ConcurrentHashMap<>();
  private final Clock clock;
  private final int most;
  private volatile boolean isClosed;

  Feeds(
      Clock clock,
      MeterRegistry metrics,
      @Value("${messaging.stream.most-per-business}") int most) {
    this.clock = clock;
    this.most = most;
    metrics.gauge("messaging.stream.listeners", this, feeds -> feeds.listeners().size());
  }

  /**
   * Adds one who watches.
   *
   * @throws RequestRefusedException when there are too many of the business already, or the service
   *     is about to stop
   */
  void join(Listener listener) {
    if (isClosed) {
      throw new RequestRefusedException(
          Problem.of(503, "unavailable", "Temporarily unavailable", "Reconnect in a second.")
              .after(1));
    }
    feeds.compute(
        business(listener),
        (id, known) -> {
          var feed = known == null ? new Feed() : known;
          if (feed.listeners().size() >= most) {
            throw tooMany();
          }
          feed.join(listener);
          return feed;
        });
    if (isClosed) {
      leave(listener);
    }
  }

  /** Lets one go. */
  public void leave(Listener listener) {
    feeds.computeIfPresent(
        business(listener),
        (id, feed) -> {
          feed.leave(listener);
          return unlessIdle(feed);
        });
    listener.end();
  }

  /** Everybody who watches here. */
  public List<Listener> listeners() {
    return feeds.values().stream().flatMap(feed -> feed.listeners().stream()).toList();
  }

  /** Everybody who watches here, by what they have proved who they are. */
  public Collection<SharedCredential> credentials() {
    return listeners().stream()
        .collect(
            groupingBy(
                listener -> List.of(listener.call().credential(), listener.call().guard()),
                collectingAndThen(toList(), SharedCredential::of)))
        .values();
  }

  /** The businesses that somebody watches here, and how far, as JSON; null for none. */
  public String positions() {
    var positions =
        feeds.entrySet().stream()
            .map(feed -> json(feed.getKey(), feed.getValue().earliest()))
            .collect(joining(","));
    return positions.isEmpty() ? null : "[" + positions + "]";
  }

  private static String json(UUID business, Position at) {
    return "{\"business\":\"%s\",\"tx\":%d,\"id\":%d}".formatted(business, at.tx(), at.id());
  }

  /**
   * The businesses that have events, and those whose leads are to be counted.
   *
   * @param rows of {@code find-businesses-with-events.sql}
   */
  public Set<String> due(List<Map<String, Object>> rows) {
    var now = clock.instant();
    var due = new TreeSet<String>();
    rows.forEach(row -> due.add(row.get("business").toString()));
    feeds.forEach(
        (business, feed) -> {
          if (feed.owesCounts(now)) {
            due.add(business.toString());
          }
        });
    return due;
  }

  /** Whether somebody has to begin to read the news of a business. */
  public boolean begins(String business) {
    var begins = new AtomicBoolean();
    feeds.computeIfPresent(
        UUID.fromString(business),
        (id, feed) -> {
          begins.set(feed.want());
          return feed;
        });
    return begins.get();
  }

  /** Whether whoever reads them has to read on. */
  boolean goesOn(String business) {
    var goesOn = new AtomicBoolean();
    feeds.computeIfPresent(
        UUID.fromString(business),
        (id, feed) -> {
          goesOn.set(feed.goesOn());
          return unlessIdle(feed);
        });
    return goesOn.get();
  }

  /**
   * Nobody reads them any more, since a read has failed. Not for one that came to its end: another
   * may have begun already.
   */
  void failed(String business) {
    feeds.computeIfPresent(
        UUID.fromString(business),
        (id, feed) -> {
          feed.failed();
          return unlessIdle(feed);
        });
  }

  /** Where the next page begins. */
  public Position position(String business) {
    var feed = feed(business);
    return feed == null ? new Position(Long.MAX_VALUE, 0) : feed.position();
  }

  public int page() {
    return PAGE;
  }

  /**
   * Tells everybody what was read.
   *
   * @param rows of {@code list-new-events.sql}
   */
  public void tell(String business, List<Map<String, Object>> rows) {
    var feed = feed(business);
    if (feed == null) {
      return;
    }
    feed.tell(rows.stream().map(Event::of).toList(), rows.size() == PAGE);
  }

  /** Whether a business is to be counted now. */
  public boolean counts(String business) {
    var feed = feed(business);
    return feed != null && feed.counts(clock.instant());
  }

  /** Tells everybody how many there are. */
  public void count(String business, String counts) {
    var feed = feed(business);
    if (feed != null) {
      feed.count(Frame.counts(counts));
    }
  }

  /**
   * Sends a heartbeat to the streams of a credential that is still valid. A stream is ended if the
   * credential belongs to another business by now.
   */
  public void beat(SharedCredential shared, Caller now) {
    for (var listener : shared.listeners()) {
      if (now.businessId().equals(business(listener))) {
        beat(listener);
      } else {
        leave(listener);
      }
    }
  }

  /**
   * Lets those go who may not watch any more. While it cannot be told who they are, because the
   * database is away or what tokens are verified with, they stay.
   */
  public void notRecognised(SharedCredential shared, Throwable why) {
    var isRefused =
        Stream.iterate(why, Objects::nonNull, Throwable::getCause)
            .anyMatch(
                each ->
                    each instanceof RequestRefusedException refused
                        && refused.problem().status() < 500);
    shared.listeners().forEach(isRefused ? this::leave : this::beat);
  }

  /** Sends a heartbeat. A connection that was closed by the other side is noticed by it. */
  private void beat(Listener listener) {
    if (listener.isOver()) {
      leave(listener);
    } else {
      listener.tell(Frame.HEARTBEAT);
    }
  }

  /** Lets listeners in. */
  void open() {
    isClosed = false;
  }

  /** Ends all streams, and lets nobody in until they are opened again. */
  void close() {
    isClosed = true;
    listeners().forEach(this::leave);
  }

  private static Feed unlessIdle(Feed feed) {
    return feed.isIdle() ? null : feed;
  }

  private Feed feed(String business) {
    return feeds.get(UUID.fromString(business));
  }

  private static UUID business(Listener listener) {
    return listener.call().caller().businessId();
  }

  private RequestRefusedException tooMany() {
    return new RequestRefusedException(
        Problem.of(
                429,
                "too-many-streams",
                "Too many open streams",
                "This instance has %d open streams of this business. Close some, or reconnect later."
                    .formatted(most))
            .after(30));
  }
}
