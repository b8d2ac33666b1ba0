package com.callback.messaging.intake.origin;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.Map;
import org.apache.camel.ProducerTemplate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * The origins that any funnel lists. A preflight does not say which funnel it is for: whether the
 * page may send to that one is decided when it does.
 */
@Component
class ListedOrigins {

  private static final Logger LOG = LoggerFactory.getLogger(ListedOrigins.class);

  /** How long a change of a funnel takes to be noticed here at most. */
  private static final Duration AGE = Duration.ofSeconds(5);

  private static final int MOST = 10_000;

  private final ProducerTemplate routes;
  private final Cache<String, Boolean> known =
      Caffeine.newBuilder().maximumSize(MOST).expireAfterWrite(AGE).build();

  ListedOrigins(ProducerTemplate routes) {
    this.routes = routes;
  }

  /** Whether it is listed; not so while nobody can tell. */
  boolean contains(String origin) {
    try {
      return WebOrigin.isOne(origin) && known.get(origin, this::ask);
    } catch (RuntimeException e) {
      LOG.warn("Whether a page may call cannot be told: {}", e.getClass().getSimpleName());
      return false;
    }
  }

  private Boolean ask(String origin) {
    return routes.requestBody("direct:is-origin-listed", Map.of("origin", origin), Boolean.class);
  }
}
