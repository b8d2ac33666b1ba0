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

/**
 * The open streams of this instance, by business. What is sent and when stands in
 * routes/inbox/stream.yaml.
 */
@Component
public class Subscribers {

  /** So many rows are read at once. */
  static final int PAGE = 200;

  private final Map<UUID, SubscriberGroup> groups = new ConcurrentHashMap<>();
  private final Clock clock;
  private final int most;
  private volatile boolean isClosed;

  Subscribers(
      Clock clock,
      MeterRegistry metrics,
      @Value("${messaging.stream.most-per-business}") int most) {
    this.clock = clock;
    this.most = most;
    metrics.gauge("messaging.stream.listeners", this, all -> all.subscribers().size());
  }

  /**
   * Adds an open stream.
   *
   * @throws RequestRefusedException when there are too many of the business already, or the service
   *     is about to stop
   */
  void join(Subscriber subscriber) {
    if (isClosed) {
      throw new RequestRefusedException(
          Problem.of(503, "unavailable", "Temporarily unavailable", "Reconnect in a second.")
              .after(1));
    }
    groups.compute(
        business(subscriber),
        (id, known) -> {
          var group = known == null ? new SubscriberGroup() : known;
          if (group.subscribers().size() >= most) {
            throw tooMany();
          }
          group.join(subscriber);
          return group;
        });
    if (isClosed) {
      leave(subscriber);
    }
  }

  /** Ends a stream. */
  public void leave(Subscriber subscriber) {
    groups.computeIfPresent(
        business(subscriber),
        (id, group) -> {
          group.leave(subscriber);
          return unlessIdle(group);
        });
    subscriber.end();
  }

  /** The open streams of all businesses. */
  public List<Subscriber> subscribers() {
    return groups.values().stream().flatMap(group -> group.subscribers().stream()).toList();
  }

  /** The open streams of all businesses, by credential. */
  public Collection<SharedCredential> credentials() {
    return subscribers().stream()
        .collect(
            groupingBy(
                subscriber ->
                    List.of(
                        subscriber.invocation().credential(), subscriber.invocation().accessRule()),
                collectingAndThen(toList(), SharedCredential::of)))
        .values();
  }

  /** The businesses with open streams here, and their positions, as JSON; null for none. */
  public String positions() {
    var positions =
        groups.entrySet().stream()
            .map(group -> json(group.getKey(), group.getValue().earliest()))
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
    groups.forEach(
        (business, group) -> {
          if (group.owesCounts(now)) {
            due.add(business.toString());
          }
        });
    return due;
  }

  /** Whether somebody has to begin to read the new events of a business. */
  public boolean begins(String business) {
    var begins = new AtomicBoolean();
    groups.computeIfPresent(
        UUID.fromString(business),
        (id, group) -> {
          begins.set(group.want());
          return group;
        });
    return begins.get();
  }

  /** Whether whoever reads them has to read on. */
  boolean goesOn(String business) {
    var goesOn = new AtomicBoolean();
    groups.computeIfPresent(
        UUID.fromString(business),
        (id, group) -> {
          goesOn.set(group.goesOn());
          return unlessIdle(group);
        });
    return goesOn.get();
  }

  /**
   * Nobody reads them any more, since a read has failed. Not for one that came to its end: another
   * may have begun already.
   */
  void failed(String business) {
    groups.computeIfPresent(
        UUID.fromString(business),
        (id, group) -> {
          group.failed();
          return unlessIdle(group);
        });
  }

  /** Where the next page begins. */
  public Position position(String business) {
    var group = group(business);
    return group == null ? new Position(Long.MAX_VALUE, 0) : group.position();
  }

  public int page() {
    return PAGE;
  }

  /**
   * Sends what was read to the open streams of a business.
   *
   * @param rows of {@code list-new-events.sql}
   */
  public void publish(String business, List<Map<String, Object>> rows) {
    var group = group(business);
    if (group == null) {
      return;
    }
    group.publish(rows.stream().map(Event::of).toList(), rows.size() == PAGE);
  }

  /** Sends something that is no event to the open streams of a business. */
  void send(UUID business, Frame frame) {
    var group = groups.get(business);
    if (group != null) {
      group.subscribers().forEach(subscriber -> subscriber.send(frame));
    }
  }

  /** Whether a business is to be counted now. */
  public boolean counts(String business) {
    var group = group(business);
    return group != null && group.counts(clock.instant());
  }

  /** Sends the counts to the open streams of a business. */
  public void count(String business, String counts) {
    var group = group(business);
    if (group != null) {
      group.count(Frame.counts(counts));
    }
  }

  /**
   * Sends a heartbeat to the streams of a credential that is still valid. A stream is ended if the
   * credential belongs to another business by now.
   */
  public void sendHeartbeat(SharedCredential shared, Caller now) {
    for (var subscriber : shared.subscribers()) {
      if (now.businessId().equals(business(subscriber))) {
        sendHeartbeat(subscriber);
      } else {
        leave(subscriber);
      }
    }
  }

  /**
   * Ends streams whose credential is refused. Where it cannot be checked, because the database or
   * the keys of the tokens are away, they stay open.
   */
  public void notRecognised(SharedCredential shared, Throwable why) {
    var isRefused =
        Stream.iterate(why, Objects::nonNull, Throwable::getCause)
            .anyMatch(
                each ->
                    each instanceof RequestRefusedException refused
                        && refused.problem().status() < 500);
    shared.subscribers().forEach(isRefused ? this::leave : this::sendHeartbeat);
  }

  /** Sends a heartbeat. A connection that was closed by the other side is noticed by it. */
  private void sendHeartbeat(Subscriber subscriber) {
    if (subscriber.isOver()) {
      leave(subscriber);
    } else {
      subscriber.send(Frame.HEARTBEAT);
    }
  }

  /** Accepts streams. */
  void open() {
    isClosed = false;
  }

  /** Ends all streams, and accepts none until {@link #open}. */
  void close() {
    isClosed = true;
    subscribers().forEach(this::leave);
  }

  private static SubscriberGroup unlessIdle(SubscriberGroup group) {
    return group.isIdle() ? null : group;
  }

  private SubscriberGroup group(String business) {
    return groups.get(UUID.fromString(business));
  }

  private static UUID business(Subscriber subscriber) {
    return subscriber.invocation().caller().businessId();
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
