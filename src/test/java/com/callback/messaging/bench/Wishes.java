package com.callback.messaging.bench;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/** What whoever runs the benchmark asked for: {@code -Dbench.…}. */
record Wishes(String only, Duration warmUp, boolean compare, Map<String, String> settings) {

  static Wishes read() {
    return new Wishes(
        System.getProperty("bench.only", "a,b,c,d,e,f,g"),
        Duration.ofSeconds(Long.getLong("bench.warm-up", 90)),
        !"false".equals(System.getProperty("bench.compare")),
        settings(System.getProperty("bench.settings", "")));
  }

  boolean want(String part) {
    return only.contains(part);
  }

  /** Such as {@code DELIVERY_SWEEP_MS=500,MESSAGING_DATABASE_INTAKE_SIZE=4}. */
  private static Map<String, String> settings(String text) {
    var settings = new TreeMap<String, String>();
    for (var setting : text.split(",")) {
      var parts = setting.split("=", 2);
      if (parts.length == 2) {
        settings.put(parts[0].trim(), parts[1].trim());
      }
    }
    return settings;
  }
}
