package com.callback.messaging.delivery;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.resilience4j.bulkhead.Bulkhead;
import io.github.resilience4j.bulkhead.BulkheadConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.springframework.stereotype.Component;

/**
 * What each host may be burdened with: no more calls at once than its limit, and none for a while
 * where no connection comes about. What happens on a connection is between one endpoint and its
 * owner: an endpoint that is slow or does not answer is left alone, and its neighbours on the host,
 * which belong to others, are not. An endpoint's own 4xx or 500 is between it and its schedule.
 */
@Component
public class Hosts {

  /** Of HTTP a gateway with nobody behind it, of SMTP a server that takes no more connections. */
  private static final Set<Integer> ILL = Set.of(421, 432, 502, 503, 504);

  /** Names are customers' to choose: those that are not called for an hour are forgotten. */
  private static final int MOST = 20_000;

  private static final Duration FORGOTTEN_AFTER = Duration.ofHours(1);

  private final CircuitBreakerConfig breaking;
  private final BulkheadConfig limiting;
  private final Cache<String, CircuitBreaker> breakers = remembered();
  private final Cache<String, Bulkhead> limits = remembered();

  Hosts(DeliverySettings settings, Clock clock) {
    this.breaking =
        CircuitBreakerConfig.custom()
            .slidingWindowSize(settings.breaker().window())
            .minimumNumberOfCalls(settings.breaker().minimumCalls())
            .failureRateThreshold(settings.breaker().failureRate())
            .slowCallDurationThreshold(settings.breaker().slow())
            .slowCallRateThreshold(settings.breaker().failureRate())
            .waitDurationInOpenState(settings.breaker().rest())
            .permittedNumberOfCallsInHalfOpenState(settings.breaker().trialCalls())
            .clock(clock)
            .currentTimestampFunction(Clock::millis, TimeUnit.MILLISECONDS)
            .build();
    this.limiting = BulkheadConfig.custom().maxConcurrentCalls(settings.perHost()).build();
  }

  /** Takes the right to one call; whoever is granted it must give it back one way or the other. */
  boolean tryAcquire(Target target) {
    var limit = limit(target.host());
    if (!limit.tryAcquirePermission()) {
      return false;
    }
    if (breaker(target.host()).tryAcquirePermission()) {
      if (breaker(target.name()).tryAcquirePermission()) {
        return true;
      }
      breaker(target.host()).releasePermission();
    }
    limit.releasePermission();
    return false;
  }

  /** Gives back a right that was not used. */
  void release(Target target) {
    breaker(target.name()).releasePermission();
    breaker(target.host()).releasePermission();
    limit(target.host()).releasePermission();
  }

  /** Gives back a right after the calls it was used for. */
  void done(Target target, List<Calls.Call> calls) {
    limit(target.host()).onComplete();
    observe(target.name(), calls);
    if (calls.isEmpty()) {
      breaker(target.host()).releasePermission();
    } else if (last(calls).connected()) {
      breaker(target.host()).onSuccess(0, TimeUnit.MILLISECONDS);
    } else {
      breaker(target.host()).onError(0, TimeUnit.MILLISECONDS, null);
    }
  }

  /** Whether a call may be tried, whatever else is under way there; {@link #observe} follows. */
  boolean mayTry(String name) {
    return breaker(name).tryAcquirePermission();
  }

  /** Learns from what became of a call that was tried. */
  void observe(String name, List<Calls.Call> calls) {
    if (calls.isEmpty()) {
      breaker(name).releasePermission();
      return;
    }
    var last = last(calls);
    if (isIll(last)) {
      breaker(name).onError(last.durationMs(), TimeUnit.MILLISECONDS, null);
    } else {
      breaker(name).onSuccess(last.durationMs(), TimeUnit.MILLISECONDS);
    }
  }

  /** Whether a host, or an endpoint by its name, is left alone at the moment. */
  boolean rests(String name) {
    return breaker(name).getState() == CircuitBreaker.State.OPEN;
  }

  private static Calls.Call last(List<Calls.Call> calls) {
    return calls.get(calls.size() - 1);
  }

  private static boolean isIll(Calls.Call call) {
    return switch (call.outcome()) {
      case "accepted", "permanent" -> false;
      default -> call.statusCode() == null || ILL.contains(call.statusCode());
    };
  }

  private CircuitBreaker breaker(String name) {
    return breakers.get(name, each -> CircuitBreaker.of(each, breaking));
  }

  private Bulkhead limit(String host) {
    return limits.get(host, each -> Bulkhead.of(each, limiting));
  }

  private static <T> Cache<String, T> remembered() {
    return Caffeine.newBuilder().maximumSize(MOST).expireAfterAccess(FORGOTTEN_AFTER).build();
  }

  /** How many hosts and endpoints are remembered. */
  long remembersHowMany() {
    breakers.cleanUp();
    return breakers.estimatedSize();
  }
}
