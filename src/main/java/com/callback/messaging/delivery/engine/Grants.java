package com.callback.messaging.delivery.engine;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.UUID;

/** How many deliveries of which lanes one claim may take. */
public record Grants(List<Grant> all) {

  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * A lane's share.
   *
   * @param most how many deliveries, at least 1
   * @param host where they go
   */
  public record Grant(UUID businessId, UUID lane, int most, String host) {

    /** Whom the lane's calls burden. */
    Target target() {
      return new Target(host, lane, businessId);
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
