package com.callback.messaging.delivery.engine;

import java.net.URI;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;

/**
 * A place that has something due.
 *
 * @param deliveries how many were counted, at most as many as a claim takes
 * @param more whether there may be more than were counted
 * @param host where they go, as {@link Hosts} know it
 */
record DueLane(UUID businessId, UUID lane, int deliveries, boolean more, String host) {

  Target target() {
    return new Target(host, lane, businessId);
  }

  /** A row of {@code list-due-lanes.sql}. */
  static DueLane of(String channel, Map<String, Object> row) {
    return new DueLane(
        (UUID) row.get("business_id"),
        (UUID) row.get("lane"),
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
