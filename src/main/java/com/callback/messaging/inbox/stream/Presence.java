package com.callback.messaging.inbox.stream;

import com.callback.messaging.operation.api.OperationRequest;
import com.callback.messaging.operation.caller.Caller;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.springframework.stereotype.Component;

/**
 * Who looks at which lead, and who writes to it, for as long as they say so. Every instance gets
 * every announcement and keeps it in memory; one that has just started knows all again within the
 * time in which members repeat them.
 */
@Component
public class Presence {

  /** How long an announcement holds; members repeat it at least every 30 seconds. */
  static final Duration HOLDS = Duration.ofSeconds(45);

  /** More are not kept: the oldest are forgotten first. */
  static final int MOST = 10_000;

  private static final String AWAY = "away";

  private record Place(UUID business, UUID lead, UUID member) {}

  private record Announcement(String name, String activity, Instant until) {}

  /** In the order in which they were announced, so that those that are over come first. */
  private final Map<Place, Announcement> present = new LinkedHashMap<>();

  private final Subscribers subscribers;
  private final ObjectMapper json;
  private final Clock clock;

  Presence(Subscribers subscribers, ObjectMapper json, Clock clock) {
    this.subscribers = subscribers;
    this.json = json;
    this.clock = clock;
  }

  /** What goes to all instances: what the caller does at the lead of the operation, as JSON. */
  public String announcement(OperationRequest input, Caller caller) throws JsonProcessingException {
    return json.createObjectNode()
        .put("businessId", caller.businessId().toString())
        .put("messageId", lead(input).toString())
        .put("memberId", caller.id().toString())
        .put("name", caller.name())
        .put("activity", json.readTree(input.body()).get("activity").asText())
        .toString();
  }

  /**
   * An announcement by any instance.
   *
   * @param announcement as {@link #announcement} has made it
   */
  public void arrived(String announcement) throws JsonProcessingException {
    var told = json.readTree(announcement);
    var business = id(told, "businessId");
    keep(new Place(business, id(told, "messageId"), id(told, "memberId")), told);
    var shown = json.createObjectNode();
    for (var field : new String[] {"messageId", "memberId", "name", "activity"}) {
      shown.set(field, told.get(field));
    }
    subscribers.send(business, Frame.presence(shown.toString()));
  }

  /** The other members who are at the lead of the operation, as the contract has it. */
  public synchronized String others(OperationRequest input, Caller caller) {
    forgetWhatIsOver();
    var lead = lead(input);
    var answer = json.createObjectNode();
    var others = answer.putArray("others");
    present.forEach(
        (place, each) -> {
          if (place.business().equals(caller.businessId())
              && place.lead().equals(lead)
              && !place.member().equals(caller.id())) {
            others
                .addObject()
                .put("memberId", place.member().toString())
                .put("name", each.name())
                .put("activity", each.activity());
          }
        });
    return answer.toString();
  }

  private synchronized void keep(Place place, JsonNode told) {
    // Taken out first: it is the newest now.
    present.remove(place);
    forgetWhatIsOver();
    var activity = told.get("activity").asText();
    if (activity.equals(AWAY)) {
      return;
    }
    if (present.size() >= MOST) {
      present.remove(present.keySet().iterator().next());
    }
    present.put(
        place, new Announcement(told.get("name").asText(), activity, clock.instant().plus(HOLDS)));
  }

  private void forgetWhatIsOver() {
    var now = clock.instant();
    var each = present.values().iterator();
    while (each.hasNext() && !each.next().until().isAfter(now)) {
      each.remove();
    }
  }

  private static UUID lead(OperationRequest input) {
    return UUID.fromString(input.values().get("id").toString());
  }

  private static UUID id(JsonNode told, String field) {
    return UUID.fromString(told.get(field).asText());
  }
}
