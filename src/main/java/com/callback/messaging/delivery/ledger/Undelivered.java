package com.callback.messaging.delivery.ledger;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.springframework.stereotype.Component;

/** What has not arrived, of all businesses together, as metrics. */
@Component
public class Undelivered {

  private static final List<String> STATES = List.of("failed", "unknown", "held", "late");

  private final Clock clock;
  private final ObjectMapper json = new JsonMapper();
  private final MultiGauge counts;
  private final MultiGauge ages;
  private volatile long unreachedLeads;

  Undelivered(Clock clock, MeterRegistry metrics) {
    this.clock = clock;
    this.counts =
        MultiGauge.builder("messaging.undelivered")
            .description("Undelivered notifications")
            .register(metrics);
    this.ages =
        MultiGauge.builder("messaging.deliveries.oldest")
            .description("How long the oldest due delivery has been waiting")
            .baseUnit("seconds")
            .register(metrics);
    Gauge.builder("messaging.unreached.leads", this, figures -> figures.unreachedLeads)
        .description("Leads whose notifications have all failed")
        .register(metrics);
  }

  /** Takes the figures that {@code count-undelivered.sql} gives. */
  public void counted(String figures) {
    var counted = read(figures);
    var byState = new ArrayList<Row<?>>();
    var byChannel = new ArrayList<Row<?>>();
    for (var channel : counted.path("channels")) {
      var tags = Tags.of("channel", channel.path("channel").asText());
      STATES.forEach(
          state -> byState.add(Row.of(tags.and("state", state), channel.path(state).asLong())));
      byChannel.add(Row.of(tags, secondsSince(channel.path("dueSince").textValue())));
    }
    counts.register(byState, true);
    ages.register(byChannel, true);
    unreachedLeads = counted.path("unreachedLeads").asLong();
  }

  private JsonNode read(String figures) {
    try {
      return json.readTree(figures);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("The count of what is undelivered gave no JSON", e);
    }
  }

  private double secondsSince(String moment) {
    return moment == null
        ? 0
        : Math.max(0, Duration.between(Instant.parse(moment), clock.instant()).toMillis() / 1000.0);
  }
}
