package com.callback.messaging.delivery.ledger;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * What the last look at the ledger found. Findings are looked at again each time, so they are gone
 * as soon as they are mended. Each is logged once.
 */
@Component
public class Ledger {

  private static final Logger LOG = LoggerFactory.getLogger(Ledger.class);

  private final Clock clock;
  private final ObjectMapper json =
      JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();
  private final Set<Finding> logged = new HashSet<>();
  private volatile Look last = new Look(0, 0, List.of(), null);

  Ledger(Clock clock, MeterRegistry metrics) {
    this.clock = clock;
    Gauge.builder("messaging.ledger.imbalance", this, Ledger::imbalance)
        .description("Missing or surplus deliveries compared with the events")
        .register(metrics);
  }

  private record Look(long checked, long position, List<Finding> findings, Instant at) {}

  /** Behind which entry of the log the walk through all of it goes on; 0 at its beginning. */
  public long position() {
    return last.position();
  }

  /** What was wrong at the last look: ids of the log's entries. */
  public Long[] known() {
    return last.findings().stream().map(Finding::eventId).toArray(Long[]::new);
  }

  /** Takes note of a look, as {@code check-ledger.sql} gives it. */
  public synchronized void record(String result) {
    try {
      var look = json.readValue(result, Look.class);
      last = new Look(look.checked(), look.position(), look.findings(), clock.instant());
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("The ledger's statement gave no JSON", e);
    }
    logged.retainAll(last.findings());
    last.findings().stream().filter(logged::add).forEach(Ledger::log);
  }

  /** How many deliveries are missing or too many. */
  long imbalance() {
    return findings().stream().mapToLong(Finding::difference).sum();
  }

  List<Finding> findings() {
    return last.findings();
  }

  /** How many leads and events the last look compared. */
  long checked() {
    return last.checked();
  }

  /** When it was; null before the first. */
  Instant lookedAt() {
    return last.at();
  }

  private static void log(Finding finding) {
    LOG.error(
        "The ledger does not balance: {} of business {}, message {}, event {}: {} deliveries expected, {} found",
        finding.cause(),
        finding.businessId(),
        finding.messageId(),
        finding.eventId(),
        finding.accepted(),
        finding.found());
  }
}
