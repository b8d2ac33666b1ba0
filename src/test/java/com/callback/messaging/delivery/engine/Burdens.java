package com.callback.messaging.delivery.engine;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** What the tests of limits and breakers have in common. */
final class Burdens {

  static final int PER_HOST = 3;
  static final Duration REST = Duration.ofSeconds(30);
  static final int TRIALS = 2;

  private Burdens() {}

  /** RequestRecorder to a host are looked at four at a time. */
  static DeliverySettings settings() {
    return settings(PER_HOST);
  }

  static DeliverySettings settings(int perHost) {
    return new DeliverySettings(
        Duration.ofSeconds(45),
        0.2,
        1_000,
        5_000,
        500,
        3_000,
        12_000,
        15_000,
        10_000,
        perHost,
        Duration.ofDays(5),
        new DeliverySettings.Breaker(4, 4, 50, Duration.ofSeconds(5), REST, TRIALS));
  }

  static Hosts hosts(Clock clock) {
    return hosts(clock, PER_HOST);
  }

  static Hosts hosts(Clock clock, int perHost) {
    return new Hosts(settings(perHost), clock);
  }

  static Providers providers(Channels channels, Hosts hosts) {
    return new Providers(channels, hosts, health(channels, hosts, Clock.systemUTC()));
  }

  static ProviderHealth health(Channels channels, Hosts hosts, Clock clock) {
    return new ProviderHealth(
        channels,
        hosts,
        new SimpleMeterRegistry(),
        JsonMapper.builder().findAndAddModules().build(),
        clock);
  }

  /** One request that ended so. */
  static List<RequestRecord> request(String outcome, Integer status, long durationMs) {
    return List.of(new RequestRecord(Instant.EPOCH, durationMs, outcome, status, null, null, true));
  }

  /** One request for which no connection came about. */
  static List<RequestRecord> unconnected() {
    return List.of(new RequestRecord(Instant.EPOCH, 10, "temporary", null, null, null, false));
  }

  static Delivery delivery(String channel, int round) {
    return new Delivery(
        UUID.randomUUID(),
        UUID.randomUUID(),
        "lead",
        channel,
        UUID.randomUUID(),
        "to",
        round,
        round,
        0,
        "me",
        null,
        null,
        null,
        null,
        null,
        null);
  }
}
