package com.callback.messaging.intake.screening;

import com.callback.messaging.operation.caller.Credential;
import com.callback.messaging.platform.http.ClientAddress;
import com.callback.messaging.platform.http.Problem;
import com.callback.messaging.platform.http.RequestRefusedException;
import com.callback.messaging.platform.secrets.Sha256;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.time.Duration;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/**
 * Counts the keys, tokens and sessions that are not valid. Once an address has sent too many of
 * them, nothing is looked up for it until it may send one more. A credential that was valid within
 * the last hour is looked up all the same, so that a program with an old key does not shut out the
 * others of its network; so are those of everybody behind a proxy that is not named.
 */
@Component("wrongCredentials")
public class WrongCredentials {

  private static final String METRIC = "messaging.refused.credentials";
  private static final int DEEPEST_CAUSE = 20;
  private static final int MOST = 10_000;
  private static final Duration VALID_OF_LATE = Duration.ofHours(1);

  private final RequestLimits limits;
  private final ClientAddress addresses;
  private final MeterRegistry metrics;
  private final Cache<String, Problem> refused;
  private final Cache<String, Boolean> valid;

  WrongCredentials(
      RequestLimits limits, ClientAddress addresses, MeterRegistry metrics, Clock clock) {
    this.limits = limits;
    this.addresses = addresses;
    this.metrics = metrics;
    this.refused =
        cache(clock)
            .expireAfter(
                Expiry.creating(
                    (String address, Problem problem) -> Duration.ofSeconds(problem.retryAfter())))
            .build();
    this.valid = cache(clock).expireAfterWrite(VALID_OF_LATE).build();
  }

  private static Caffeine<Object, Object> cache(Clock clock) {
    return Caffeine.newBuilder()
        .maximumSize(MOST)
        .ticker(() -> Duration.ofMillis(clock.millis()).toNanos());
  }

  /**
   * Lets a credential be looked up.
   *
   * @throws RequestRefusedException 429 while its address has sent too many wrong ones
   */
  public void requireFew(HttpServletRequest request, Credential credential) {
    var problem = refused.getIfPresent(addresses.networkOf(request));
    if (problem != null
        && !addresses.isShared(request)
        && valid.getIfPresent(hash(credential)) == null) {
      count(credential, "too-many");
      throw new RequestRefusedException(problem);
    }
  }

  /** The credential is valid. */
  public void passed(Credential credential) {
    valid.put(hash(credential), true);
  }

  /**
   * Looking a credential up has failed; it counts where that is because it is not valid.
   *
   * @throws Exception the failure, always
   */
  public void failed(HttpServletRequest request, Credential credential, Exception failure)
      throws Exception {
    if (isRefusal(failure)) {
      valid.invalidate(hash(credential));
      count(credential, "unknown");
      note(addresses.networkOf(request));
    }
    throw failure;
  }

  private void note(String address) {
    try {
      limits.wrongCredential(address);
    } catch (RequestRefusedException e) {
      refused.put(address, e.problem());
    }
  }

  private void count(Credential credential, String reason) {
    metrics.counter(METRIC, "kind", credential.kind().route(), "reason", reason).increment();
  }

  private static boolean isRefusal(Throwable failure) {
    return Stream.iterate(failure, cause -> cause != null, Throwable::getCause)
        .limit(DEEPEST_CAUSE)
        .anyMatch(
            cause ->
                cause instanceof RequestRefusedException refused
                    && refused.problem().status() == 401);
  }

  private static String hash(Credential credential) {
    return Sha256.hex(credential.secret());
  }
}
