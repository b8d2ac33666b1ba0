package com.callback.messaging.delivery.engine;

import java.net.URI;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;

/**
 * The queue of one target, with deliveries that are due.
 *
 * @param queueId the column {@code lane} of its deliveries
 * @param deliveries how many were counted, at most as many as a claim takes
 * @param more whether there may be more than were counted
 * @param host where they go, as {@link Hosts} know it
 */
record TargetQueue(UUID businessId, UUID queueId, int deliveries, boolean more, String host) {

  Target target() {
    return new Target(host, queueId, businessId);
  }

  /** A row of {@code list-due-queues.sql}. */
  static TargetQueue of(String channel, Map<String, Object> row) {
    return new TargetQueue(
        (UUID) row.get("business_id"),
        (UUID) row.get("queue_id"),
        ((Number) row.get("deliveries")).intValue(),
        (Boolean) row.get("more"),
        host(channel, (String) row.get("url")));
  }

  /** The host and port of a webhook; the channel itself where all go through one provider. */
  static String host(String channel, String url) {
    if (url == null) {
      return channel;
    }
    try {
      var address = URI.create(url);
      return address.getHost() == null
          ? url
          : address.getHost().toLowerCase(Locale.ROOT) + ":" + address.getPort();
    } catch (IllegalArgumentException e) {
      // It will fail by itself, and slows nobody else.
      return url;
    }
  }
}
