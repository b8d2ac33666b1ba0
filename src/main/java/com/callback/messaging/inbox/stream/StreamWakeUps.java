package com.callback.messaging.inbox.stream;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;

/**
 * Keeps it rare that instances are told of news: one word on its way is enough for all that is
 * committed before it arrives. One that got lost is replaced after a second, and every instance
 * looks by itself as often.
 */
@Component
public class StreamWakeUps {

  private static final Duration LOST_AFTER = Duration.ofSeconds(1);

  private final Clock clock;
  private final Map<String, Instant> underWay = new ConcurrentHashMap<>();

  StreamWakeUps(Clock clock) {
    this.clock = clock;
  }

  /**
   * Those of the businesses of which a word is needed now; each is taken to be sent at once.
   *
   * @param businesses ids with commas between them; null or empty for none
   */
  public List<String> needed(String businesses) {
    return businesses == null || businesses.isEmpty()
        ? List.of()
        : Arrays.stream(businesses.split(",")).filter(this::isNeeded).toList();
  }

  /** It has arrived: what is committed from now on needs a new one. */
  public void arrived(String business) {
    underWay.remove(business);
  }

  private boolean isNeeded(String business) {
    var now = clock.instant();
    var since = underWay.putIfAbsent(business, now);
    return since == null
        || since.plus(LOST_AFTER).isBefore(now) && underWay.replace(business, since, now);
  }
}
