package com.callback.messaging.inbox.count;

import com.callback.messaging.operation.caller.Caller;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.springframework.stereotype.Component;

/**
 * Counts that are kept until something happens. No instance is told of changes: each count is kept
 * with the snapshot of the database that it was made from, and one look at the events says whether
 * any has been committed since. So a count is never older than the last commit, whichever instance
 * that went through.
 */
@Component
public class Counts {

  private static final long MOST = 10_000;

  /** What there is to say where nothing is kept: a snapshot in which everything is news. */
  private static final Counted NONE = new Counted(0, "1:1:", null, null);

  private final Clock clock;
  private final Cache<Key, Counted> kept = Caffeine.newBuilder().maximumSize(MOST).build();

  Counts(Clock clock) {
    this.clock = clock;
  }

  private record Key(UUID business, UUID person, String operation) {

    static Key of(Caller caller, String operation) {
      return new Key(caller.businessId(), caller.id(), operation);
    }
  }

  /**
   * A count as it was made.
   *
   * @param epoch of the cluster that the snapshot is of
   * @param snapshot what of the database it saw, as PostgreSQL writes a {@code pg_snapshot}
   * @param changesAt when it becomes wrong by itself; null for never
   * @param counts JSON, or null where there is none
   */
  public record Counted(long epoch, String snapshot, Instant changesAt, String counts) {

    static Counted of(Map<String, Object> row) {
      var changesAt = (String) row.get("changes_at");
      return new Counted(
          ((Number) row.get("epoch")).longValue(),
          (String) row.get("snapshot"),
          changesAt == null ? null : Instant.parse(changesAt),
          (String) row.get("counts"));
    }
  }

  /** The last count of an operation for a caller; never null. */
  public Counted known(Caller caller, String operation) {
    return kept.get(Key.of(caller, operation), key -> NONE);
  }

  /**
   * Whether a count is still right.
   *
   * @param hasNewEvents whether anything was committed that it did not see
   */
  public boolean holds(Counted known, Boolean hasNewEvents) {
    return !hasNewEvents
        && known.counts() != null
        && (known.changesAt() == null || clock.instant().isBefore(known.changesAt()));
  }

  /**
   * Keeps what was counted.
   *
   * @param row what the statement of the count gave
   * @return the counts
   */
  public String keep(Caller caller, String operation, Map<String, Object> row) {
    var counted = Counted.of(row);
    kept.put(Key.of(caller, operation), counted);
    return counted.counts();
  }
}
