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

  private JWKSet keys = new JWKSet();
  private Instant fetchedAt = Instant.EPOCH;
  private Instant nextFetchAt = Instant.EPOCH;
  private boolean isAway;

  RemoteKeys(URL address, ResourceRetriever retriever, Clock clock) {
    this.address = address;
    this.retriever = retriever;
    this.clock = clock;
  }

  @Override
  public synchronized List<JWK> get(JWKSelector selector, SecurityContext context)
      throws RemoteKeySourceException {
    var age = Duration.between(fetchedAt, clock.instant());
    var found = selector.select(keys);
    if (!found.isEmpty() && age.compareTo(FRESH) < 0) {
      return found;
    }
    if (!clock.instant().isBefore(nextFetchAt)) {
      fetch();
      found = selector.select(keys);
    }
    var isTooOld = Duration.between(fetchedAt, clock.instant()).compareTo(USABLE) >= 0;
    if (isTooOld || found.isEmpty() && isAway) {
      throw new RemoteKeySourceException("The keys could not be fetched", null);
    }
    return found;
  }

  /** A failure leaves the keys as they were; whether they still serve says their age. */
  private void fetch() {
    try {
      keys = JWKSet.parse(retriever.retrieveResource(address).getContent());
      fetchedAt = clock.instant();
      nextFetchAt = fetchedAt.plus(BETWEEN_FETCHES);
      isAway = false;
    } catch (IOException | ParseException e) {
      nextFetchAt = clock.instant().plus(BETWEEN_FAILURES);
      isAway = true;
    }
  }
}
