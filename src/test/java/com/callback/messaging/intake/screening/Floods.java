package com.callback.messaging.intake.screening;

import java.time.Duration;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;

/**
 * Buckets that are never empty, for tests that send thousands from one place, but for those that a
 * test says are.
 */
public final class Floods implements Buckets {

  /** How long it is until an empty one has something again. */
  static final Duration WAIT = Duration.ofMillis(6_400);

  private final Set<String> empty = ConcurrentHashMap.newKeySet();
  private final Set<String> taken = ConcurrentHashMap.newKeySet();

  @Override
  public Duration take(String name, long most, Duration within, long tokens) {
    taken.add(name);
    return empty.contains(name) ? WAIT : Duration.ZERO;
  }

  /** Whether anything was ever taken out of a bucket. */
  boolean isTaken(String name) {
    return taken.contains(name);
  }

  /** Does something while a funnel gets more than it may be sent. */
  public <T> T during(UUID funnel, Supplier<T> act) {
    return during("refused funnel " + funnel, act);
  }

  /** Does something while a bucket is empty. */
  public <T> T during(String bucket, Supplier<T> act) {
    empty.add(bucket);
    try {
      return act.get();
    } finally {
      empty.remove(bucket);
    }
  }

  /** Puts them into the service. */
  @TestConfiguration(proxyBeanMethods = false)
  public static class Setup {

    @Bean
    @Primary
    Floods floods() {
      return new Floods();
    }
  }
}
