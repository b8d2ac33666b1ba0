package com.callback.messaging.realtime;

import com.callback.messaging.http.Problem;
import com.callback.messaging.http.RequestRefusedException;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** All who watch, by business. What is told and when stands in routes/realtime.yaml. */
@Component
public class Feeds {

  /** So many rows are read at once. */
  private static final int PAGE = 500;

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
          Problem.of(503, "unavailable", "Not available at the moment", "Come again in a second.")
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
  }

  /** Lets one go. */
  public void leave(Listener listener) {
    feeds.computeIfPresent(
        business(listener),
        (id, feed) -> {
          feed.leave(listener);
          return feed.listeners().isEmpty() ? null : feed;
        });
    listener.end();
  }

  /** Everybody who watches here. */
  public List<Listener> listeners() {
    return feeds.values().stream().flatMap(feed -> feed.listeners().stream()).toList();
  }

  /** The businesses that somebody watches here. */
  public List<String> businesses() {
    return feeds.keySet().stream().map(UUID::toString).toList();
  }

  /** Whether somebody has to begin to read the news of a business. */
  public boolean begins(String business) {
    var feed = feed(business);
    return feed != null && feed.want();
  }

  /** Whether whoever reads them has to read on. */
  public boolean goesOn(String business) {
    var feed = feed(business);
    return feed != null && feed.goesOn();
  }

  /** Nobody reads them any more, for whatever reason. */
  public void ended(String business) {
    var feed = feed(business);
    if (feed != null) {
      feed.ended();
    }
  }

  /** The earliest place that anybody is at. */
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
   * @param rows of {@code list-news.sql}
   */
  public void tell(String business, List<Map<String, Object>> rows) {
    var feed = feed(business);
    if (feed == null) {
      return;
    }
    for (var row : rows) {
      var at =
          new Position(((Number) row.get("tx")).longValue(), ((Number) row.get("id")).longValue());
      var name = (String) row.get("name");
      feed.tell(at, name == null ? null : new Frame(at.toString(), name, (String) row.get("data")));
    }
    if (rows.size() == PAGE) {
      feed.want();
    }
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
      feed.tell(Frame.counts(counts));
    }
  }

  /** A sign of life; whoever has hung up is noticed by it. */
  public void beat(Listener listener) {
    if (listener.isOver()) {
      leave(listener);
    } else {
      listener.tell(Frame.SIGN_OF_LIFE);
    }
  }

  /** Ends all streams, and lets nobody in any more. */
  void close() {
    isClosed = true;
    listeners().forEach(this::leave);
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
                "Too many watch this business",
                "There are %d streams of this business open here. Close some, or come again later."
                    .formatted(most))
            .after(30));
  }
}
