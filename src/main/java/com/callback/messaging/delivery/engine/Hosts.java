package com.callback.messaging.delivery.engine;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.springframework.stereotype.Component;

/**
 * What each host may be burdened with: no more calls at once than its limit, of which each business
 * has its fair share, and none for a while where no connection comes about. What happens on a
 * connection is between one endpoint and its owner: an endpoint that is slow or does not answer is
 * left alone, and its neighbours on the host, which belong to others, are not. An endpoint's own
 * 4xx or 500 is between it and its schedule.
 */
@Component
public class Hosts {

  /** Of HTTP a gateway with nobody behind it, of SMTP a server that takes no more connections. */
  private static final Set<Integer> ILL = Set.of(421, 432, 502, 503, 504);

  /** Names are customers' to choose: those that are not called for an hour are forgotten. */
  private static final int MOST = 20_000;

  private static final Duration FORGOTTEN_AFTER = Duration.ofHours(1);

  private final CircuitBreakerConfig breaking;
  private final int perHost;
  private final Cache<String, CircuitBreaker> breakers = remembered();
  private final Cache<String, HostCalls> underWay = remembered();

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
   * Takes the right to one call; whoever is granted it must give it back one way or the other.
   *
   * @param isShared whether businesses name the host, and the calls to it are divided among them;
   *     false for a provider of the operator's own
   */
  boolean tryAcquire(Target target, boolean isShared) {
    var calls = underWay(target.host());
    if (!calls.tryTake(target.businessId(), isShared)) {
      return false;
    }
    if (breaker(target.host()).tryAcquirePermission()) {
      if (breaker(target.name()).tryAcquirePermission()) {
        return true;
      }
      breaker(target.host()).releasePermission();
    }
    calls.giveBack(target.businessId());
    return false;
  }

  /** Gives back a right that was not used. */
  void release(Target target) {
    breaker(target.name()).releasePermission();
    breaker(target.host()).releasePermission();
    underWay(target.host()).giveBack(target.businessId());
  }

  /** Gives back a right after the calls it was used for. */
  void done(Target target, List<Calls.Call> calls) {
    underWay(target.host()).giveBack(target.businessId());
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

  /** Whether an endpoint is left alone, or the host that it is on. */
  boolean rests(Target target) {
    return rests(target.host()) || rests(target.name());
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

  private HostCalls underWay(String host) {
    return underWay.get(host, each -> new HostCalls(perHost));
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
