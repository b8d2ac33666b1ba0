package com.callback.messaging.delivery.engine;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.UUID;

/** How many deliveries of which target queues one claim may take. */
public record ClaimQuotas(List<Quota> all) {

  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * The quota of one target queue.
   *
   * @param most how many deliveries, at least 1
   * @param host where they go
   */
  public record Quota(UUID businessId, UUID queueId, int most, String host) {

    /** Whom the requests of the queue burden. */
    Target target() {
      return new Target(host, queueId, businessId);
    }
  }

  /** Whether nothing may be claimed. */
  public boolean empty() {
    return all.isEmpty();
  }

  /** For the statement that claims. */
  public String json() throws JsonProcessingException {
    return JSON.writeValueAsString(all);
  }
}
