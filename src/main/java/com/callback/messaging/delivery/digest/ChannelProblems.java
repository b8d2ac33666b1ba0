package com.callback.messaging.delivery.digest;

import com.callback.messaging.delivery.engine.Channels;
import com.callback.messaging.delivery.engine.Delivery;
import com.callback.messaging.delivery.engine.ProviderHealth;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.springframework.stereotype.Component;

/**
 * What is wrong with the channels of a business, as templates name it. The deliveries were counted
 * when the digest was opened; whether a provider is down is asked when the mail is written.
 */
@Component
class ChannelProblems {

  private final Channels channels;
  private final ProviderHealth health;

  ChannelProblems(Channels channels, ProviderHealth health) {
    this.channels = channels;
    this.health = health;
  }

  /** One entry per channel with a problem, by name. */
  List<Map<String, Object>> of(Delivery digest) {
    var byChannel = new TreeMap<String, Map<String, Object>>();
    each(digest, "problems")
        .forEach(problem -> byChannel.put(problem.path("channel").asText(), counted(problem)));
    each(digest, "channels")
        .map(JsonNode::asText)
        .forEach(
            channel ->
                health
                    .downSince(channel)
                    .ifPresent(since -> down(byChannel, channel, digest, since)));
    byChannel.forEach((channel, problem) -> problem.put("channel", label(channel)));
    return List.copyOf(byChannel.values());
  }

  private static Stream<JsonNode> each(Delivery digest, String field) {
    return StreamSupport.stream(digest.payload().path(field).spliterator(), false);
  }

  private static Map<String, Object> counted(JsonNode problem) {
    var model = new LinkedHashMap<String, Object>();
    for (var count : List.of("failed", "held", "late")) {
      model.put(count, problem.path(count).asInt());
    }
    var reason = problem.path("reason").asText();
    model.put("isUnconfirmed", reason.equals("unconfirmed"));
    model.put("isSuppressed", reason.equals("suppressed"));
    return model;
  }

  private static void down(
      Map<String, Map<String, Object>> problems, String channel, Delivery digest, Instant since) {
    problems
        .computeIfAbsent(channel, each -> new LinkedHashMap<>())
        .put("downSince", digest.localTime(since));
  }

  /** A channel that the operator has removed since keeps its name. */
  private String label(String channel) {
    return channels.isKnown(channel) ? channels.label(channel) : channel;
  }
}
