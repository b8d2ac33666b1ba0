package com.callback.messaging.delivery.engine;

import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.mock.env.MockEnvironment;

/** Attempts as the beans that write for a channel get them, without the engine behind. */
public final class ClaimedAttempts {

  private final Attempts attempts;
  private final String channel;

  /**
   * @param provider the channel's only one
   */
  public ClaimedAttempts(String channel, String provider) {
    this.channel = channel;
    attempts =
        new Attempts(
            new Deliveries(),
            Burdens.providers(channels(channel, provider), Burdens.hosts(Clock.systemUTC())),
            null,
            null,
            null,
            null);
  }

  /** A configuration with one channel. */
  public static Channels channels(String channel, String providers) {
    return new Channels(
        new MockEnvironment().withProperty("channels." + channel + ".providers", providers));
  }

  /** What begins and ends them. */
  public Attempts attempts() {
    return attempts;
  }

  /** An attempt to send a reply to somebody. */
  public Attempt reply(String recipient, String payload) {
    return of("reply", recipient, payload);
  }

  /** An attempt to send something of this cause. */
  public Attempt of(String cause, String recipient, String payload) {
    var row = new HashMap<String, Object>();
    row.put("id", UUID.randomUUID());
    row.put("business_id", UUID.randomUUID());
    row.put("queue_id", UUID.randomUUID());
    row.put("cause", cause);
    row.put("channel", channel);
    row.put("attempt", 1);
    row.put("round", 1);
    row.put("attempt_limit", 0);
    row.put("recipient", recipient);
    row.put("payload", payload);
    return attempts.of(channel, null, List.<Map<String, Object>>of(row)).get(0);
  }

  public static OutgoingRequest request(Attempt attempt) {
    return attempt.request();
  }

  /** The request that it shares with others; null if it shares none. */
  public static SharedRequest shared(Attempt attempt) {
    return attempt.shared();
  }

  public static Throwable failure(Attempt attempt) {
    return attempt.failure();
  }
}
