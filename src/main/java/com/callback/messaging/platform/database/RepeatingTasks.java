package com.callback.messaging.platform.database;

import java.time.Clock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Says that a repeating task failed, without data, at most once a minute per task and cause. */
@Component
public class RepeatingTasks {

  private static final Logger LOG = LoggerFactory.getLogger(RepeatingTasks.class);

  private final OncePerMinute log;

  RepeatingTasks(Clock clock) {
    this.log = new OncePerMinute(clock);
  }

  /**
   * A task has failed and comes round again by itself.
   *
   * @param route which one
   */
  public void failed(String route, Throwable failure) {
    var cause = DatabaseTrouble.causeOf(failure).orElse(failure.getClass().getSimpleName());
    if (log.allows(route + cause)) {
      LOG.warn("{} failed and will be tried again: {}", route, cause);
    }
  }
}
