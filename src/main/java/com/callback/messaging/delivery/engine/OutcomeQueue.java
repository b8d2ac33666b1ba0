package com.callback.messaging.delivery.engine;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.BadSqlGrammarException;
import org.springframework.stereotype.Component;

/**
 * The outcomes that are to be recorded. They gather for as long as the last recording takes, so
 * that one statement records many: under load batches are large, without load nothing waits. While
 * the database is away they stay here; there are no more of them than sends were under way.
 */
@Component
public class OutcomeQueue {

  private static final Logger LOG = LoggerFactory.getLogger(OutcomeQueue.class);
  private static final int MOST = 200;
  private static final long PAUSE_MS = 100;

  private final Queue<PendingOutcome> waiting = new ConcurrentLinkedQueue<>();
  private final Queue<PendingOutcome> alone = new ConcurrentLinkedQueue<>();
  private volatile boolean isTurnOfOne;
  private final Map<String, AtomicInteger> unrecorded = new ConcurrentHashMap<>();
  private final Set<Leases.Claim> claims = ConcurrentHashMap.newKeySet();
  private final ObjectMapper json;
  private final DeliverySettings settings;

  OutcomeQueue(ObjectMapper json, DeliverySettings settings) {
    this.settings = settings;
    this.json = json;
  }

  /** Adds the outcome of an attempt. */
  public void add(Attempt attempt, Outcome outcome) {
    add(attempt.delivery(), outcome, attempt.provider(), attempt.requests());
  }

  void add(Delivery delivery, Outcome outcome, String provider, List<RequestRecord> requests) {
    of(delivery.channel()).incrementAndGet();
    claims.add(new Leases.Claim(delivery.id(), delivery.attempt()));
    waiting.add(PendingOutcome.of(delivery, outcome, provider, requests));
  }

  /**
   * The statement that should record these has failed. Of many one is the trouble, such as a
   * delivery that somebody else has locked: each is tried by itself. One that the database can
   * never store is given up. Any other waits for what holds it up, and others go on.
   *
   * @return how long the next statement waits, in milliseconds
   */
  public long failed(List<PendingOutcome> outcomes, Exception failure) {
    if (outcomes.size() == 1 && canNeverBeStored(failure)) {
      LOG.error(
          "The outcome of delivery {} cannot be recorded; it is sent again when its lease has run out",
          outcomes.get(0).id());
      recorded(outcomes);
      return 0;
    }
    alone.addAll(outcomes);
    return outcomes.size() == 1 ? PAUSE_MS : 0;
  }

  private static boolean canNeverBeStored(Exception failure) {
    return Stream.iterate((Throwable) failure, Objects::nonNull, Throwable::getCause)
        .anyMatch(
            cause ->
                cause instanceof DataIntegrityViolationException
                    || cause instanceof BadSqlGrammarException);
  }

  /**
   * What is to be recorded next: all that has come together, and in turn one of those that are
   * tried by themselves; empty when there is nothing.
   */
  public List<PendingOutcome> next() {
    isTurnOfOne = !isTurnOfOne;
    var one = isTurnOfOne || waiting.isEmpty() ? alone.poll() : null;
    return one == null ? together() : List.of(one);
  }

  private List<PendingOutcome> together() {
    var together = new ArrayList<PendingOutcome>();
    for (var one = waiting.poll();
        one != null;
        one = together.size() < MOST ? waiting.poll() : null) {
      together.add(one);
    }
    return together;
  }

  /** How long every attempt must have failed before a subscription is disabled, as ISO 8601. */
  public String disableAfter() {
    return settings.disableSubscriptionAfter().toString();
  }

  /** These are recorded now, or given up. */
  public void recorded(List<PendingOutcome> outcomes) {
    for (var outcome : outcomes) {
      of(outcome.channel()).decrementAndGet();
      claims.remove(new Leases.Claim(outcome.id(), outcome.attempt()));
    }
  }

  /** The businesses of these deliveries, with commas between them. */
  public String businesses(List<PendingOutcome> outcomes) {
    return outcomes.stream()
        .map(outcome -> outcome.businessId().toString())
        .distinct()
        .collect(Collectors.joining(","));
  }

  /**
   * How many outcomes of a channel wait to be recorded. They count as sends under way: while
   * nothing can be recorded, nothing more is sent either, or all of it would be sent again.
   */
  int unrecorded(String channel) {
    return Math.max(0, of(channel).get());
  }

  /** The claims whose outcome is not recorded yet. */
  Collection<Leases.Claim> unrecorded() {
    return claims;
  }

  /** Whether every outcome is recorded. */
  boolean allRecorded() {
    return unrecorded.values().stream().allMatch(count -> count.get() <= 0);
  }

  private AtomicInteger of(String channel) {
    return unrecorded.computeIfAbsent(channel, name -> new AtomicInteger());
  }

  /** The parameter of the statement that records them. */
  public Map<String, Object> row(List<PendingOutcome> outcomes) throws JsonProcessingException {
    return Map.of("outcomes", json.writeValueAsString(outcomes));
  }
}
