package com.callback.messaging.people.assignment;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * What a business has that rules and rotas may name.
 *
 * @param members owners and agents: viewers cannot be assigned
 */
record Known(Set<UUID> members, Set<UUID> funnels) {

  /** What every list that names an unknown member says. */
  static final String REMEDY =
      "Give the id of an owner or an agent of the business: viewers cannot be assigned.";

  /** The row of {@code lock-assignment.sql}. */
  static Known of(ObjectMapper json, Map<String, Object> row) throws JsonProcessingException {
    var known = json.readTree((String) row.get("known"));
    return new Known(ids(known.path("members")), ids(known.path("funnels")));
  }

  private static Set<UUID> ids(JsonNode list) {
    var ids = new HashSet<UUID>();
    list.forEach(each -> ids.add(UUID.fromString(each.asText())));
    return ids;
  }

  boolean hasMember(JsonNode id) {
    return members.contains(UUID.fromString(id.asText()));
  }

  boolean hasFunnel(JsonNode id) {
    return funnels.contains(UUID.fromString(id.asText()));
  }
}
