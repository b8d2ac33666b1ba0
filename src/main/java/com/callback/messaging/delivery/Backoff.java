package com.callback.messaging.delivery;
import java.time.*; import java.util.*; import java.util.random.RandomGenerator;
import org.springframework.stereotype.Component;
@Component public class Backoff {
  public Optional<Duration> next(List<Duration> steps, int failed, Optional<Duration> retryAfter, RandomGenerator random) {
    if (failed > steps.size()) return Optional.empty();
    return Optional.of(steps.get(failed-1));
  }
  public static Optional<Duration> parseRetryAfter(String h, Instant now) { return Optional.empty(); }
}
