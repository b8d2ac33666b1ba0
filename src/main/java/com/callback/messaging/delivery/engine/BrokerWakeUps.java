package com.callback.messaging.delivery.engine;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;

/**
 * Keeps wake-ups by the broker rare: one says "something is due", so one on its way is enough for
 * all that is written before it arrives. Where another instance took it, or it got lost, no word
 * comes back: after a moment the next one may follow.
 */
@Component
public class BrokerWakeUps {

  private static final Duration GONE_AFTER = Duration.ofMillis(50);

  private final Clock clock;
  private final Map<String, Instant> underWay = new ConcurrentHashMap<>();

  BrokerWakeUps(Clock clock) {
    this.clock = clock;
  }

  /**
   * Those of the channels that need a wake-up now; each is taken to be sent at once.
   *
   * @param channels names with commas between them; null or empty for none
   */
  public List<String> needed(String channels) {
    return channels == null || channels.isEmpty()
        ? List.of()
        : Arrays.stream(channels.split(",")).filter(this::isNeeded).toList();
  }

  /** The channel begins to look for work: what is written from now on needs a new wake-up. */
  public void arrived(String channel) {
    underWay.remove(channel);
  }

  private boolean isNeeded(String channel) {
    var now = clock.instant();
    var since = underWay.putIfAbsent(channel, now);
    return since == null
        || since.plus(GONE_AFTER).isBefore(now) && underWay.replace(channel, since, now);
  }
}
