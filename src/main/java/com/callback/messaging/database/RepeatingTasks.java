package com.callback.messaging.database;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Says that a repeating task failed, without data, at most once a minute per task and cause. */
@Component
public class RepeatingTasks {

  private static final Logger LOG = LoggerFactory.getLogger(RepeatingTasks.class);
  private static final Duration QUIET = Duration.ofMinutes(1);

  private final Clock clock;
  private final Map<String, Instant> logged = new ConcurrentHashMap<>();

  RepeatingTasks(Clock clock) {
    this.clock = clock;
  }

  /**
   * A task has failed and comes round again by itself.
   *
   * @param route which one
   */
  public void failed(String route, Throwable failure) {
    var cause = DatabaseTrouble.causeOf(failure).orElse(failure.getClass().getSimpleName());
    var now = clock.instant();
    var last = logged.get(route + cause);
    if (last == null || !now.isBefore(last.plus(QUIET))) {
      logged.put(route + cause, now);
      LOG.warn("{} failed and will be tried again: {}", route, cause);
    }
  }
}
