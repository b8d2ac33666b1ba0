package com.callback.messaging;

import java.time.Clock;
import java.time.temporal.ChronoUnit;
import org.springframework.stereotype.Component;

/** The moment, as statements take it: {@code :#${bean:now?method=moment}}. */
@Component("now")
public class Now {

  private final Clock clock;

  Now(Clock clock) {
    this.clock = clock;
  }

  /** ISO 8601 in UTC, in milliseconds, as the service keeps and shows it. */
  public String moment() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS).toString();
  }
}
