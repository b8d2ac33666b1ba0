package com.callback.messaging.people.signin;

import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.JWKSetBasedJWKSource;
import com.nimbusds.jose.jwk.source.JWKSetCacheRefreshEvaluator;
import com.nimbusds.jose.jwk.source.JWKSetSource;
import com.nimbusds.jose.jwk.source.JWKSetSourceWrapper;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.RefreshAheadCachingJWKSetSource;
import com.nimbusds.jose.jwk.source.URLBasedJWKSetSource;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.ResourceRetriever;
import java.net.URL;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Executors;

/**
 * The public keys of the project: good for an hour, and fetched again in the background once they
 * are ten minutes old, so that nobody who has a key at hand waits and an outage is nobody's trouble
 * for fifty minutes. A key that is not among them has them fetched at once, see {@link
 * CachedRemoteKeys}. Nimbus does the keeping, put together as by its JWKSourceBuilder.
 */
final class RemoteKeys {

  private static final Duration FRESH = Duration.ofMinutes(10);
  private static final Duration USABLE = Duration.ofHours(1);
  private static final Duration WAIT_FOR_THE_FETCH_OF_ANOTHER = Duration.ofSeconds(5);

  private RemoteKeys() {}

  static JWKSource<SecurityContext> of(URL address, ResourceRetriever retriever, Clock clock) {
    var kept =
        new RefreshAheadCachingJWKSetSource<>(
            new CachedRemoteKeys(new URLBasedJWKSetSource<>(address, retriever)),
            USABLE.toMillis(),
            WAIT_FOR_THE_FETCH_OF_ANOTHER.toMillis(),
            USABLE.minus(FRESH).toMillis(),
            false,
            Executors.newCachedThreadPool(RemoteKeys::thread),
            true,
            null);
    return new JWKSetBasedJWKSource<>(new AtOurTime(kept, clock));
  }

  private static Thread thread(Runnable work) {
    var thread = new Thread(work, "fetch-keys");
    thread.setDaemon(true);
    return thread;
  }

  /** Nimbus asks the system for the time, at the outermost only. */
  private static final class AtOurTime extends JWKSetSourceWrapper<SecurityContext> {

    private final Clock clock;

    AtOurTime(JWKSetSource<SecurityContext> source, Clock clock) {
      super(source);
      this.clock = clock;
    }

    @Override
    public JWKSet getJWKSet(
        JWKSetCacheRefreshEvaluator refresh, long systemTime, SecurityContext context)
        throws KeySourceException {
      return getSource().getJWKSet(refresh, clock.millis(), context);
    }
  }
}
