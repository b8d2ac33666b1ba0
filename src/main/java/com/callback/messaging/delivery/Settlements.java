package com.callback.messaging.delivery;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.context.annotation.Bean;
import org.springframework.stereotype.Component;

/**
 * What is to be recorded. It is gathered for as long as the last recording takes, so that one
 * statement records many: under load they are large, without load nothing waits. While the database
 * is away it is kept here; there is no more of it than sends were under way.
 */
@Component
public class Settlements {

  private final BlockingQueue<?> waiting = new LinkedBlockingQueue<>();
  private final AtomicInteger unrecorded = new AtomicInteger();
  private final ObjectMapper json;
  private final DeliverySettings settings;

  Settlements(ObjectMapper json, DeliverySettings settings) {
    this.settings = settings;
    this.json = json;
  }

  /** The queue that the route takes them from. */
  @Bean
  BlockingQueue<?> settling() {
    return waiting;
  }

  /** What became of a claim. */
  public Settlement of(
      Delivery delivery, Outcome outcome, String provider, List<Calls.Call> calls) {
    unrecorded.incrementAndGet();
    return Settlement.of(delivery, outcome, provider, calls);
  }

  /** Whether nothing more waits, so that what is gathered may go. */
  public boolean gathered() {
    return waiting.isEmpty();
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

  /** As a JSON array, for the statement that records them. */
  public String json(List<Settlement> settlements) throws JsonProcessingException {
    return json.writeValueAsString(settlements);
  }
}
