package com.callback.messaging.delivery.engine;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/**
 * What this instance holds a lease on: what it is sending, and what it has sent and not yet
 * recorded. These leases are renewed for as long as it lives and reaches the database, however long
 * a busy machine takes; so a lease that ends belonged to an instance that is dead or cut off.
 *
 * <p>While the database is away nobody can renew. After an outage all instances have the time of a
 * lease to say that they live, and until then nothing is taken over.
 */
@Component
public class Leases {

  /** A send that takes this long has hung for good, and its lease may end. */
  private static final long HUNG_NANOS = TimeUnit.MINUTES.toNanos(10);

  private final OutcomeQueue outcomeQueue;
  private final Clock clock;
  private final LongSupplier nanos;
  private final long lengthNanos;
  private final ObjectMapper json = new ObjectMapper();
  private final Map<Claim, Long> sending = new ConcurrentHashMap<>();
  private volatile Contact contact = new Contact(null, null, 0);

  @Autowired
  Leases(OutcomeQueue outcomeQueue, DeliverySettings settings, Clock clock) {
    this(outcomeQueue, settings.lease(), clock, System::nanoTime);
  }

  Leases(OutcomeQueue outcomeQueue, Duration length, Clock clock, LongSupplier nanos) {
    this.outcomeQueue = outcomeQueue;
    this.clock = clock;
    this.nanos = nanos;
    this.lengthNanos = length.toNanos();
  }

  /** A claim: which delivery, and which of its attempts. */
  record Claim(UUID id, int attempt) {

    /** The claim of a row of {@code claim-deliveries.sql}. */
    static Claim of(Map<String, Object> row) {
      return new Claim((UUID) row.get("id"), ((Number) row.get("attempt")).intValue());
    }
  }

  /**
   * When the database was reached, by this machine's counter.
   *
   * @param last the last time; null before the first
   * @param beforeOutage the last time before the last outage; null where there was none
   * @param afterOutage the first time after it
   */
  private record Contact(Long last, Long beforeOutage, long afterOutage) {}

  /** These were claimed: the rows of {@code claim-deliveries.sql}. */
  void claimed(List<Map<String, Object>> rows) {
    rows.forEach(row -> sending.put(Claim.of(row), nanos.getAsLong()));
  }

  /** The send of a row has come to its end; what it led to may still have to be recorded. */
  void sent(Map<String, Object> row) {
    sending.remove(Claim.of(row));
  }

  /** The parameter of the statement that renews them. */
  public Map<String, Object> row() throws JsonProcessingException {
    var held = new ArrayList<>(outcomeQueue.unrecorded());
    var now = nanos.getAsLong();
    sending.forEach(
        (claim, since) -> {
          if (now - since < HUNG_NANOS) {
            held.add(claim);
          }
        });
    return Map.of("held", json.writeValueAsString(held));
  }

  /** They were renewed, so the database is there. */
  public synchronized void renewed() {
    var now = nanos.getAsLong();
    var before = contact;
    contact =
        isOutage(before, now)
            ? new Contact(now, before.last(), now)
            : new Contact(now, before.beforeOutage(), before.afterOutage());
  }

  /**
   * Leases that ended before this moment are lost, in ISO 8601: now, but not while it may be that
   * their holders had no way to renew them.
   */
  public String lostBefore() {
    var now = nanos.getAsLong();
    var seen = contact;
    var since = now;
    if (isOutage(seen, now)) {
      since = seen.last();
    } else if (seen.beforeOutage() != null && now - seen.afterOutage() < lengthNanos) {
      since = seen.beforeOutage();
    }
    return clock.instant().minusNanos(now - since).toString();
  }

  /** Renewals are far closer together than a third of a lease. */
  private boolean isOutage(Contact seen, long now) {
    return seen.last() != null && now - seen.last() > lengthNanos / 3;
  }
}
