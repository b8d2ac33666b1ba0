package com.callback.messaging.delivery;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
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
  private final AtomicInteger unrecorded = new AtomicInteger();
  private final ObjectMapper json;
  private final DeliverySettings settings;

  Settlements(ObjectMapper json, DeliverySettings settings) {
    this.settings = settings;
    this.json = json;
  }

  /** Takes what became of a claim. */
  public void add(Delivery delivery, Outcome outcome, String provider, List<Calls.Call> calls) {
    unrecorded.incrementAndGet();
    waiting.add(Settlement.of(delivery, outcome, provider, calls));
  }

  /** These could not be recorded just now, and wait behind the others. */
  public void again(List<Settlement> settlements) {
    waiting.addAll(settlements);
  }

  /** What has come together to be recorded next; empty when nothing has. */
  public List<Settlement> next() {
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
    unrecorded.addAndGet(-settlements.size());
  }

  /**
   * How much waits to be recorded. Whoever takes on more counts it: while nothing can be recorded,
   * nothing more is sent either, or all of it would be sent again.
   */
  int unrecorded() {
    return Math.max(0, unrecorded.get());
  }

  /** Whether everything that became of anything is on record. */
  boolean allRecorded() {
    return unrecorded.get() <= 0;
  }

  /** Each as a list of its own. */
  public List<List<Settlement>> each(List<Settlement> settlements) {
    return settlements.stream().map(List::of).toList();
  }

  /** The parameter of the statement that records them. */
  public Map<String, Object> row(List<Settlement> settlements) throws JsonProcessingException {
    return Map.of("outcomes", json.writeValueAsString(settlements));
  }
}
