package com.callback.messaging.identity;

import com.nimbusds.jose.RemoteKeySourceException;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.ResourceRetriever;
import java.io.IOException;
import java.net.URL;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The public keys of the project: kept for ten minutes; one that is not among them has them fetched
 * again, at most once a minute whatever tokens come. While they cannot be fetched those at hand are
 * good for an hour.
 */
final class RemoteKeys implements JWKSource<SecurityContext> {

  private static final Duration FRESH = Duration.ofMinutes(10);
  private static final Duration USABLE = Duration.ofHours(1);
  private static final Duration BETWEEN_FETCHES = Duration.ofMinutes(1);
  private static final Duration BETWEEN_FAILURES = Duration.ofSeconds(5);

  private final URL address;
  private final ResourceRetriever retriever;
  private final Clock clock;

  private final ReentrantLock fetching = new ReentrantLock();
  private volatile Known known = new Known(new JWKSet(), Instant.EPOCH, false);
  private volatile Instant nextFetchAt = Instant.EPOCH;

  /** What is known, since when, and whether the last look for more failed. */
  private record Known(JWKSet keys, Instant fetchedAt, boolean isAway) {}

  RemoteKeys(URL address, ResourceRetriever retriever, Clock clock) {
    this.address = address;
    this.retriever = retriever;
    this.clock = clock;
  }

  @Override
  public List<JWK> get(JWKSelector selector, SecurityContext context)
      throws RemoteKeySourceException {
    var now = known;
    var found = selector.select(now.keys());
    if (!found.isEmpty() && age(now).compareTo(FRESH) < 0) {
      return found;
    }
    // Only who has no key at hand waits while keys are fetched for another.
    if (found.isEmpty() || isTooOld(now)) {
      fetching.lock();
    } else if (!fetching.tryLock()) {
      return found;
    }
    try {
      if (!clock.instant().isBefore(nextFetchAt)) {
        fetch();
      }
    } finally {
      fetching.unlock();
    }
    now = known;
    found = selector.select(now.keys());
    if (isTooOld(now) || found.isEmpty() && now.isAway()) {
      throw new RemoteKeySourceException("The keys could not be fetched", null);
    }
    return found;
  }

  private Duration age(Known keys) {
    return Duration.between(keys.fetchedAt(), clock.instant());
  }

  private boolean isTooOld(Known keys) {
    return age(keys).compareTo(USABLE) >= 0;
  }

  /** A failure leaves the keys as they were; whether they still serve says their age. */
  private void fetch() {
    try {
      var keys = JWKSet.parse(retriever.retrieveResource(address).getContent());
      known = new Known(keys, clock.instant(), false);
      nextFetchAt = clock.instant().plus(BETWEEN_FETCHES);
    } catch (IOException | ParseException e) {
      known = new Known(known.keys(), known.fetchedAt(), true);
      nextFetchAt = clock.instant().plus(BETWEEN_FAILURES);
    }
  }
}
