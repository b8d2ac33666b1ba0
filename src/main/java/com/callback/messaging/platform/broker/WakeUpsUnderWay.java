package com.callback.messaging.platform.broker;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Limits how many wake-ups are sent by the broker: one in transit serves everything that is written
 * before it arrives. One that does not arrive in time counts as lost, and the next may follow.
 */
public abstract class WakeUpsUnderWay {

  private final Clock clock;
  private final Duration lostAfter;
  private final Map<String, Instant> underWay = new ConcurrentHashMap<>();

  /**
   * @param lostAfter how long one is waited for, more than 0
   */
  protected WakeUpsUnderWay(Clock clock, Duration lostAfter) {
    this.clock = clock;
    this.lostAfter = lostAfter;
  }

  /**
   * Those of the receivers that need a wake-up now; each is taken to be sent at once.
   *
   * @param receivers names with commas between them; null or empty for none
   */
  public List<String> needed(String receivers) {
    return receivers == null || receivers.isEmpty()
        ? List.of()
        : Arrays.stream(receivers.split(",")).filter(this::isNeeded).toList();
  }

  /** It has arrived: what is written from now on needs a new one. */
  public void arrived(String receiver) {
    underWay.remove(receiver);
  }

  private boolean isNeeded(String receiver) {
    var now = clock.instant();
    var since = underWay.putIfAbsent(receiver, now);
    return since == null
        || since.plus(lostAfter).isBefore(now) && underWay.replace(receiver, since, now);
  }
}
