package com.callback.messaging.delivery.engine;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.springframework.stereotype.Component;

/**
 * What each host may be burdened with: no more requests at once than its limit, of which each
 * business has its fair share, and none for a while where no connection comes about. What happens
 * on a connection is between one endpoint and its owner: an endpoint that is slow or does not
 * answer is left alone, and its neighbours on the host, which belong to others, are not. An
 * endpoint's own 4xx or 500 is between it and its schedule.
 */
@Component
public class Hosts {

  /** Of HTTP a gateway with nobody behind it, of SMTP a server that takes no more connections. */
  private static final Set<Integer> UNHEALTHY = Set.of(421, 432, 502, 503, 504);

  /** Customers choose the names: those without a request for an hour are forgotten. */
  private static final int MOST = 20_000;

  private static final Duration FORGOTTEN_AFTER = Duration.ofHours(1);

  private final CircuitBreakerConfig breaking;
  private final int perHost;
  private final Cache<String, CircuitBreaker> breakers = remembered();
  private final Cache<String, HostSlots> slots = remembered();

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
    this.perHost = settings.perHost();
  }

  /**
   * Takes a concurrency slot, the right to one request. It must be given back by {@link #release}
   * or {@link #done}.
   *
   * @param isShared whether businesses name the host, and the requests to it are divided among
   *     them; false for a provider of the operator's own
   */
  boolean tryAcquire(Target target, boolean isShared) {
    var slots = slots(target.host());
    if (!slots.tryTake(target.businessId(), isShared)) {
      return false;
    }
    if (breaker(target.host()).tryAcquirePermission()) {
      if (breaker(target.name()).tryAcquirePermission()) {
        return true;
      }
      breaker(target.host()).releasePermission();
    }
    slots.giveBack(target.businessId());
    return false;
  }

  /** Gives back a slot that was not used. */
  void release(Target target) {
    breaker(target.name()).releasePermission();
    breaker(target.host()).releasePermission();
    slots(target.host()).giveBack(target.businessId());
  }

  /** Gives back a slot after the requests that it was used for. */
  void done(Target target, List<RequestRecord> requests) {
    slots(target.host()).giveBack(target.businessId());
    observe(target.name(), requests);
    if (requests.isEmpty()) {
      breaker(target.host()).releasePermission();
    } else if (last(requests).connected()) {
      breaker(target.host()).onSuccess(0, TimeUnit.MILLISECONDS);
    } else {
      breaker(target.host()).onError(0, TimeUnit.MILLISECONDS, null);
    }
  }

  /** Whether a request may be tried, whatever else is under way there; {@link #observe} follows. */
  boolean mayTry(String name) {
    return breaker(name).tryAcquirePermission();
  }

  /** Learns from the outcome of a request that was tried. */
  void observe(String name, List<RequestRecord> requests) {
    if (requests.isEmpty()) {
      breaker(name).releasePermission();
      return;
    }
    var last = last(requests);
    if (isUnhealthy(last)) {
      breaker(name).onError(last.durationMs(), TimeUnit.MILLISECONDS, null);
    } else {
      breaker(name).onSuccess(last.durationMs(), TimeUnit.MILLISECONDS);
    }
  }

  /** Whether the circuit breaker of a host, or of an endpoint by its name, is open. */
  boolean isOpen(String name) {
    return breaker(name).getState() == CircuitBreaker.State.OPEN;
  }

  /** The state of a circuit breaker: {@code closed}, {@code half-open} or {@code open}. */
  String breakerState(String name) {
    return breaker(name).getState().name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Whether the circuit breaker of an endpoint is open, or that of its host. */
  boolean isOpen(Target target) {
    return isOpen(target.host()) || isOpen(target.name());
  }

  private static RequestRecord last(List<RequestRecord> requests) {
    return requests.get(requests.size() - 1);
  }

  private static boolean isUnhealthy(RequestRecord request) {
    return switch (request.outcome()) {
      case "accepted", "permanent" -> false;
      default -> request.statusCode() == null || UNHEALTHY.contains(request.statusCode());
    };
  }

  private CircuitBreaker breaker(String name) {
    return breakers.get(name, each -> CircuitBreaker.of(each, breaking));
  }

  private HostSlots slots(String host) {
    return slots.get(host, each -> new HostSlots(perHost));
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
