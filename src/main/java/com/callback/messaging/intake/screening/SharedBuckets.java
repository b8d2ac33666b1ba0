package com.callback.messaging.intake.screening;

import io.github.bucket4j.BucketConfiguration;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.distributed.ExpirationAfterWriteStrategy;
import io.github.bucket4j.distributed.proxy.AsyncProxyManager;
import io.github.bucket4j.redis.lettuce.Bucket4jLettuce;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.ClientOptions.DisconnectedBehavior;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.codec.RedisCodec;
import io.lettuce.core.codec.StringCodec;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Buckets that all instances take from, kept in Redis. While it is away or slow each instance
 * counts for itself: a limit that is off by a little is better than a lead that waits, or is lost.
 */
final class SharedBuckets implements Buckets, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(SharedBuckets.class);
  private static final String PREFIX = "callback-messaging:limit:";
  private static final Duration PATIENCE = Duration.ofMillis(100);
  private static final Duration CONNECTS_WITHIN = Duration.ofSeconds(2);

  /** How long Redis is left alone after it did not answer. */
  private static final Duration REST = Duration.ofSeconds(5);

  private final RedisClient client;
  private final RedisURI address;
  private final Buckets local;
  private final Clock clock;
  private volatile AsyncProxyManager<String> shared;
  private volatile Instant restsUntil = Instant.MIN;
  private boolean connecting;

  SharedBuckets(RedisURI address, Buckets local, Clock clock) {
    this.address = address;
    this.local = local;
    this.clock = clock;
    this.client = RedisClient.create();
    client.setOptions(
        ClientOptions.builder()
            .disconnectedBehavior(DisconnectedBehavior.REJECT_COMMANDS)
            .socketOptions(SocketOptions.builder().connectTimeout(CONNECTS_WITHIN).build())
            .build());
    connect();
  }

  @Override
  public Duration take(String name, long most, Duration within, long tokens) {
    var manager = shared;
    if (clock.instant().isBefore(restsUntil)) {
      return local.take(name, most, within, tokens);
    }
    if (manager == null) {
      connect();
      return local.take(name, most, within, tokens);
    }
    try {
      var probe = ask(manager, name, most, within, tokens);
      return probe.isConsumed() ? Duration.ZERO : Duration.ofNanos(probe.getNanosToWaitForRefill());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException | RuntimeException e) {
      rest(e);
    }
    return local.take(name, most, within, tokens);
  }

  /** Whether Redis is there to be asked. */
  boolean isShared() {
    return shared != null && !clock.instant().isBefore(restsUntil);
  }

  @Override
  public void close() {
    client.shutdown(Duration.ZERO, Duration.ofSeconds(1));
  }

  private static ConsumptionProbe ask(
      AsyncProxyManager<String> manager, String name, long most, Duration within, long tokens)
      throws InterruptedException, ExecutionException, TimeoutException {
    var rate = BucketConfiguration.builder().addLimit(Rates.of(most, within)).build();
    return manager
        .builder()
        // A limit that was changed makes another bucket.
        .build(
            PREFIX + most + "/" + within + ":" + name,
            () -> CompletableFuture.completedFuture(rate))
        .tryConsumeAndReturnRemaining(tokens)
        .get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
  }

  private synchronized void connect() {
    if (connecting || shared != null) {
      return;
    }
    connecting = true;
    client
        .connectAsync(RedisCodec.of(StringCodec.UTF8, ByteArrayCodec.INSTANCE), address)
        .whenComplete(this::connected);
  }

  private synchronized void connected(
      StatefulRedisConnection<String, byte[]> connection, Throwable failure) {
    connecting = false;
    if (failure != null) {
      rest(failure);
      return;
    }
    shared =
        Bucket4jLettuce.casBasedBuilder(connection)
            .expirationAfterWrite(
                ExpirationAfterWriteStrategy.basedOnTimeForRefillingBucketUpToMax(
                    Duration.ofSeconds(10)))
            .build()
            .asAsync();
  }

  private void rest(Throwable failure) {
    var now = clock.instant();
    if (!now.isBefore(restsUntil)) {
      restsUntil = now.plus(REST);
      LOG.warn(
          "Redis does not answer, so each instance counts requests for itself: {}",
          failure.getClass().getSimpleName());
    }
  }
}
