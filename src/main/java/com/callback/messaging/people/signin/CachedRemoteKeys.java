package com.callback.messaging.people.signin;

import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.JWKSetCacheRefreshEvaluator;
import com.nimbusds.jose.jwk.source.JWKSetSource;
import com.nimbusds.jose.jwk.source.JWKSetSourceWrapper;
import com.nimbusds.jose.jwk.source.JWKSetUnavailableException;
import com.nimbusds.jose.proc.SecurityContext;
import java.time.Duration;

/**
 * Fetches keys at most once a minute, and after a failure once in five seconds. In between there
 * are those of the last time, so that an unknown key is refused, or the failure of the last time,
 * so that whoever asks comes again. Nimbus' own limit lets two through, and tells neither apart.
 */
final class CachedRemoteKeys extends JWKSetSourceWrapper<SecurityContext> {

  private static final long BETWEEN_FETCHES_MS = Duration.ofMinutes(1).toMillis();
  private static final long BETWEEN_FAILURES_MS = Duration.ofSeconds(5).toMillis();

  private JWKSet last;
  private long nextFetchAt = Long.MIN_VALUE;
  private boolean isAway;

  CachedRemoteKeys(JWKSetSource<SecurityContext> source) {
    super(source);
  }

  @Override
  public synchronized JWKSet getJWKSet(
      JWKSetCacheRefreshEvaluator refresh, long now, SecurityContext context)
      throws KeySourceException {
    if (now >= nextFetchAt) {
      // Until it has succeeded it has failed, whatever it throws.
      isAway = true;
      nextFetchAt = now + BETWEEN_FAILURES_MS;
      last = getSource().getJWKSet(refresh, now, context);
      nextFetchAt = now + BETWEEN_FETCHES_MS;
      isAway = false;
    }
    if (isAway) {
      throw new JWKSetUnavailableException("The keys could not be fetched a moment ago");
    }
    return last;
  }
}
