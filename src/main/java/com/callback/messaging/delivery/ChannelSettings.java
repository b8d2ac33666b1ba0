package com.callback.messaging.delivery;

import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How a channel works: its block {@code channels.<name>} in the configuration.
 *
 * @param provider names the route that sends, {@code direct:<channel>-via-<provider>}
 * @param acceptedAs the state once the far end has taken it: {@code delivered} where that is proof,
 *     {@code sent} where a receipt may follow
 * @param workers how many batches are under way at once, at least 1
 * @param batch how many deliveries one claim takes, at least 1
 * @param resendWhenUnknown whether to send again when nobody knows whether the last attempt arrived
 * @param schedule the waits between attempts; one more attempt than waits is made
 */
public record ChannelSettings(
    @DefaultValue("true") boolean enabled,
    String provider,
    @DefaultValue("sent") String acceptedAs,
    @DefaultValue("2") int workers,
    @DefaultValue("16") int batch,
    @DefaultValue("true") boolean resendWhenUnknown,
    List<Duration> schedule) {

  public ChannelSettings {
    schedule = schedule == null ? List.of() : List.copyOf(schedule);
    if (!List.of("sent", "delivered").contains(acceptedAs)) {
      throw new IllegalArgumentException(
          "accepted-as is \"" + acceptedAs + "\": set it to sent or delivered.");
    }
    if (workers < 1 || batch < 1) {
      throw new IllegalArgumentException("workers and batch must be 1 or more");
    }
  }
}
