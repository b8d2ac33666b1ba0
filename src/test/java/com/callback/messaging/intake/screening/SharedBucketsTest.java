package com.callback.messaging.intake.screening;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import com.callback.messaging.support.MovableClock;
import io.lettuce.core.RedisURI;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Instances count together by an installed Redis, and each for itself without. */
class SharedBucketsTest {

  private static final Path REDIS = Path.of("/usr/bin/redis-server");

  @TempDir Path folder;
  private final MovableClock clock = new MovableClock();
  private Process redis;
  private int port;

  @BeforeEach
  void aRedis() throws IOException {
    if (!"true".equals(System.getenv("CI"))) {
      assumeThat(REDIS).as("Install redis-server to run this test").exists();
    }
    try (var socket = new ServerSocket(0)) {
      port = socket.getLocalPort();
    }
    start();
  }

  @AfterEach
  void stop() throws InterruptedException {
    if (redis != null) {
      redis.destroy();
      redis.waitFor(10, TimeUnit.SECONDS);
    }
  }

  @Test
  void two_instances_take_from_one_bucket() {
    try (var one = instance();
        var other = instance()) {
      await().atMost(Duration.ofSeconds(60)).until(() -> one.isShared() && other.isShared());
      var taken =
          IntStream.range(0, 20)
              .filter(i -> (i % 2 == 0 ? one : other).take("address a", 10, 1).isZero())
              .count();
      assertThat(taken).isBetween(10L, 11L);
      assertThat(one.take("address b", 10, 1)).isZero();
    }
  }

  @Test
  void without_redis_each_counts_for_itself_and_together_again_when_it_is_back() throws Exception {
    try (var one = instance();
        var other = instance()) {
      await().atMost(Duration.ofSeconds(60)).until(() -> one.isShared() && other.isShared());
      stop();
      assertThat(one.take("address a", 5, 5)).isZero();
      assertThat(other.take("address a", 5, 5)).isZero();
      assertThat(one.take("address a", 5, 1)).isPositive();
      assertThat(one.isShared()).isFalse();

      start();
      await()
          .atMost(Duration.ofSeconds(30))
          .until(
              () -> {
                clock.advance(Duration.ofSeconds(6));
                one.take("address b", 5, 1);
                other.take("address b", 5, 1);
                return one.isShared() && other.isShared();
              });
      assertThat(one.take("address c", 5, 5)).isZero();
      assertThat(other.take("address c", 5, 5)).isPositive();
    }
  }

  @Test
  void one_that_was_away_at_the_start_is_found_later() throws Exception {
    stop();
    try (var one = instance()) {
      assertThat(one.take("address a", 5, 5)).isZero();
      assertThat(one.take("address a", 5, 1)).isPositive();
      start();
      await()
          .atMost(Duration.ofSeconds(30))
          .until(
              () -> {
                clock.advance(Duration.ofSeconds(6));
                one.take("address b", 5, 1);
                return one.isShared();
              });
    }
  }

  private SharedBuckets instance() {
    return new SharedBuckets(
        RedisURI.create("redis://127.0.0.1:" + port),
        new LocalBuckets(Clock.systemUTC(), 100),
        clock);
  }

  private void start() throws IOException {
    redis =
        new ProcessBuilder(
                REDIS.toString(), "--port", "" + port, "--bind", "127.0.0.1", "--save", "")
            .directory(Files.createDirectories(folder).toFile())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("log").toFile())
            .start();
    await().atMost(Duration.ofSeconds(60)).until(this::answers);
  }

  /** One who asks too early leaves it alone for a while, by a clock that stands still. */
  private boolean answers() {
    try (var socket = new Socket("127.0.0.1", port)) {
      return socket.isConnected();
    } catch (IOException e) {
      return false;
    }
  }
}
