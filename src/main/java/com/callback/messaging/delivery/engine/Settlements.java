package com.callback.messaging.delivery.engine;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/**
 * What is to be recorded. It is gathered for as long as the last recording takes, so that one
 * statement records many: under load they are large, without load nothing waits. While the database
 * is away it is kept here; there is no more of it than sends were under way.
 */
@Component
public class Settlements {

  private static final int MOST = 200;

  private final Queue<Settlement> waiting = new ConcurrentLinkedQueue<>();
  private final Queue<Settlement> alone = new ConcurrentLinkedQueue<>();
  private volatile boolean isTurnOfOne;
  private final Map<String, AtomicInteger> unrecorded = new ConcurrentHashMap<>();
  private final Set<Leases.Claim> claims = ConcurrentHashMap.newKeySet();
  private final ObjectMapper json;
  private final DeliverySettings settings;

  Settlements(ObjectMapper json, DeliverySettings settings) {
    this.settings = settings;
    this.json = json;
  }

  /** Takes what became of a claim. */
  public void add(Delivery delivery, Outcome outcome, String provider, List<Calls.Call> calls) {
    of(delivery.channel()).incrementAndGet();
    claims.add(new Leases.Claim(delivery.id(), delivery.attempt()));
    waiting.add(Settlement.of(delivery, outcome, provider, calls));
  }

  /** These could not be recorded together, or not just now: each is tried by itself. */
  public void alone(List<Settlement> settlements) {
    alone.addAll(settlements);
  }

  /**
   * What is to be recorded next: all that has come together, and in turn one of those that are
   * tried by themselves; empty when there is nothing.
   */
  public List<Settlement> next() {
    isTurnOfOne = !isTurnOfOne;
    var one = isTurnOfOne || waiting.isEmpty() ? alone.poll() : null;
    return one == null ? together() : List.of(one);
  }

  private List<Settlement> together() {
    var together = new ArrayList<Settlement>();
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

  /** These are on record now, or given up. */
  public void recorded(List<Settlement> settlements) {
    for (var settlement : settlements) {
      of(settlement.channel()).decrementAndGet();
      claims.remove(new Leases.Claim(settlement.id(), settlement.attempt()));
    }
  }

  /** Whose deliveries these are, with commas between them. */
  public String businesses(List<Settlement> settlements) {
    return settlements.stream()
        .map(settlement -> settlement.businessId().toString())
        .distinct()
        .collect(Collectors.joining(","));
  }

  /**
   * How much of a channel waits to be recorded. Whoever takes on more of that channel counts it:
   * while nothing can be recorded, nothing more is sent either, or all of it would be sent again.
   */
  int unrecorded(String channel) {
    return Math.max(0, of(channel).get());
  }

  /** The claims of which it is not yet on record what became of them. */
  Collection<Leases.Claim> unrecorded() {
    return claims;
  }

  /** Whether everything that became of anything is on record. */
  boolean allRecorded() {
    return unrecorded.values().stream().allMatch(count -> count.get() <= 0);
  }

  private AtomicInteger of(String channel) {
    return unrecorded.computeIfAbsent(channel, name -> new AtomicInteger());
  }

  /** The parameter of the statement that records them. */
  public Map<String, Object> row(List<Settlement> settlements) throws JsonProcessingException {
    return Map.of("outcomes", json.writeValueAsString(settlements));
  }
}
