package com.callback.messaging.platform.http;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Notices proxies that nobody has named: addresses that send requests for several others, whose
 * word for it is not taken. All visitors behind one share its limits, so somebody must hear of it.
 */
@Component
public class UnnamedProxies {

  private static final Logger LOG = LoggerFactory.getLogger(UnnamedProxies.class);

  /** Of one or two a caller may have made up the address. */
  private static final int SEVERAL = 3;

  private static final int MOST = 1_000;
  private static final Duration AGE = Duration.ofHours(1);

  private final Cache<String, Set<String>> visitors;
  private final Set<String> logged = ConcurrentHashMap.newKeySet();

  UnnamedProxies(Clock clock, MeterRegistry metrics) {
    visitors =
        Caffeine.newBuilder()
            .maximumSize(MOST)
            .expireAfterAccess(AGE)
            .ticker(() -> Duration.ofMillis(clock.millis()).toNanos())
            .build();
    Gauge.builder("messaging.http.unnamed.proxies", this, proxies -> proxies.addresses().size())
        .description("Addresses that send X-Forwarded-For for several visitors and are not trusted")
        .register(metrics);
  }

  /** A request of this address said that it is for another. */
  void saw(String address, String visitor) {
    var known = visitors.get(address, unused -> ConcurrentHashMap.newKeySet());
    if (known.size() < SEVERAL && known.add(visitor) && known.size() >= SEVERAL) {
      log(address);
    }
  }

  /** Whether an address sends for several others. */
  public boolean contains(String address) {
    var known = visitors.getIfPresent(address);
    return known != null && known.size() >= SEVERAL;
  }

  /** Those of the last hour. */
  List<String> addresses() {
    return visitors.asMap().entrySet().stream()
        .filter(entry -> entry.getValue().size() >= SEVERAL)
        .map(java.util.Map.Entry::getKey)
        .sorted()
        .toList();
  }

  private void log(String address) {
    if (logged.size() < MOST && logged.add(address)) {
      LOG.warn(
          "{} sends X-Forwarded-For for several visitors, who share its limits, and leads of theirs are held. If it is your proxy, name it: MESSAGING_HTTP_TRUSTED_PROXIES={}",
          address,
          address);
    }
  }
}
