package com.callback.messaging.delivery;

import io.github.resilience4j.bulkhead.Bulkhead;
import io.github.resilience4j.bulkhead.BulkheadConfig;
import io.github.resilience4j.bulkhead.BulkheadRegistry;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.springframework.stereotype.Component;

/**
 * What each host may be burdened with: no more calls at once than its limit, and none for a while
 * when it does not answer. Endpoints that share a host share both, so only what the host itself
 * fails to do counts: an endpoint's own 4xx or 500 is between it and its schedule.
 */
@Component
public class Hosts {

  private static final Set<Integer> HOST_IS_ILL = Set.of(502, 503, 504);

  private final CircuitBreakerRegistry breakers;
  private final BulkheadRegistry limits;

  Hosts(DeliverySettings settings, Clock clock) {
    this.breakers =
        CircuitBreakerRegistry.of(
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
                .build());
    this.limits =
        BulkheadRegistry.of(BulkheadConfig.custom().maxConcurrentCalls(settings.perHost()).build());
  }

  /** Takes the right to one call; whoever is granted it must give it back one way or the other. */
  boolean tryAcquire(String host) {
    var limit = limit(host);
    if (!limit.tryAcquirePermission()) {
      return false;
    }
    if (breaker(host).tryAcquirePermission()) {
      return true;
    }
    limit.releasePermission();
    return false;
  }

  /** Gives back a right that was not used. */
  void release(String host) {
    breaker(host).releasePermission();
    limit(host).releasePermission();
  }

  /** Gives back a right after the calls it was used for. */
  void done(String host, List<Calls.Call> calls) {
    limit(host).onComplete();
    observe(host, calls);
  }

  /** Whether a call may be tried, whatever else is under way there; {@link #observe} follows. */
  boolean mayTry(String host) {
    return breaker(host).tryAcquirePermission();
  }

  /** Learns from what became of a call that was tried. */
  void observe(String host, List<Calls.Call> calls) {
    if (calls.isEmpty()) {
      breaker(host).releasePermission();
      return;
    }
    var last = calls.get(calls.size() - 1);
    if (isTheHostsFault(last)) {
      breaker(host).onError(last.durationMs(), TimeUnit.MILLISECONDS, null);
    } else {
      breaker(host).onSuccess(last.durationMs(), TimeUnit.MILLISECONDS);
    }
  }

  /** Whether the host is left alone at the moment. */
  boolean rests(String host) {
    return breaker(host).getState() == CircuitBreaker.State.OPEN;
  }

  private static boolean isTheHostsFault(Calls.Call call) {
    return switch (call.outcome()) {
      case "accepted", "permanent" -> false;
      default -> call.statusCode() == null || HOST_IS_ILL.contains(call.statusCode());
    };
  }

  private CircuitBreaker breaker(String host) {
    return breakers.circuitBreaker(host);
  }

  private Bulkhead limit(String host) {
    return limits.bulkhead(host);
  }
}
