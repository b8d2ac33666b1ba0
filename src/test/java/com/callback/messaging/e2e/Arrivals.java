package com.callback.messaging.e2e;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;

import com.callback.messaging.support.Service;
import com.callback.messaging.support.Service.Business;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.awaitility.Awaitility;

/** What the far ends caught of a business's leads, by the delivery that it belongs to. */
final class Arrivals {

  private final Map<UUID, Map<String, List<UUID>>> deliveries;
  private final Map<String, List<JsonNode>> caught;

  private Arrivals(
      Map<UUID, Map<String, List<UUID>>> deliveries, Map<String, List<JsonNode>> caught) {
    this.deliveries = deliveries;
    this.caught = caught;
  }

  /**
   * Waits until all deliveries of the business have ended, and gathers what came of them.
   *
   * @param latest how many of the newest messages in the sandbox to look through: more than the
   *     business has, because others may have some there too
   */
  static Arrivals of(Business business, Service service, int latest) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(90))
        .pollInterval(Duration.ofMillis(100))
        .until(() -> underWay(business, service) == 0);
    var deliveries =
        service
            .database()
            .sql(
                "select id, message_id, channel from messaging.deliveries where business_id = ? and cause = 'lead'")
            .param(business.id())
            .query(Row.class)
            .list()
            .stream()
            .collect(
                groupingBy(Row::messageId, groupingBy(Row::channel, mapping(Row::id, toList()))));
    var messages = service.json(service.get("/sandbox/messages?limit=" + latest).body());
    var caught =
        StreamSupport.stream(messages.spliterator(), false)
            .collect(groupingBy(Arrivals::deliveryNamedBy));
    return new Arrivals(deliveries, caught);
  }

  private static int underWay(Business business, Service service) {
    return service
        .database()
        .sql(
            "select count(*) from messaging.deliveries where business_id = ? and cause = 'lead' and state in ('pending', 'sending', 'held')")
        .param(business.id())
        .query(Integer.class)
        .single();
  }

  private static String deliveryNamedBy(JsonNode message) {
    var headers = message.path("headers");
    return switch (message.path("channel").asText()) {
      case "email" -> headers.path("Message-ID").asText().replaceAll("^<|@.*$", "");
      case "sms" -> headers.path("reference").asText();
      default -> headers.path("webhook-id").asText();
    };
  }

  /** The deliveries that a message owes on a channel. */
  List<UUID> deliveries(UUID message, String channel) {
    return deliveries.getOrDefault(message, Map.of()).getOrDefault(channel, List.of());
  }

  /** All that was caught of a message on a channel. */
  List<JsonNode> caught(UUID message, String channel) {
    return deliveries(message, channel).stream()
        .flatMap(delivery -> caught.getOrDefault(delivery.toString(), List.of()).stream())
        .filter(arrived -> arrived.path("channel").asText().equals(channel))
        .toList();
  }

  /** The one that was. */
  JsonNode one(UUID message, String channel) {
    return caught(message, channel).get(0);
  }

  record Row(UUID id, UUID messageId, String channel) {}
}
