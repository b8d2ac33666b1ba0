package com.callback.messaging.bench;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a run of the benchmark was asked for.
 *
 * @param parts {@code -Dbench.only=accept,deliver}
 * @param rounds {@code -Dbench.rounds}: how often each figure is measured
 * @param seconds {@code -Dbench.seconds}: how long a round sends leads
 * @param warmUp {@code -Dbench.warm-up}, in seconds
 * @param soak {@code -Dbench.soak}, in seconds
 * @param due {@code -Dbench.due}: how many deliveries are drained
 * @param peers {@code -Dbench.peers=false} leaves the other programs out
 * @param settings {@code -Dbench.settings=DELIVERY_SWEEP_MS=500,…}: of the service
 */
record Wishes(
    List<String> parts,
    int rounds,
    double seconds,
    Duration warmUp,
    Duration soak,
    int due,
    boolean peers,
    Map<String, String> settings) {

  static final String START = "start";
  static final String WARM = "warm";
  static final String ACCEPT = "accept";
  static final String DELIVER = "deliver";
  static final String SLOW = "slow";
  static final String STEADY = "steady";
  static final String DRAIN = "drain";
  static final String INSTANCES = "instances";
  static final String ISOLATION = "isolation";
  static final String SOAK = "soak";
  static final String RATIO = "ratio";

  /** What load before the first lead would save: to decide by, not for the page. */
  static final String FIRST_MINUTE = "first-minute";

  /** What a run measures that names no parts; the pages about many leads take far longer. */
  static final List<String> ORDINARY =
      List.of(START, WARM, ACCEPT, DELIVER, SLOW, STEADY, DRAIN, INSTANCES, ISOLATION, SOAK, RATIO);

  private static final Wishes DEFAULT =
      new Wishes(
          ORDINARY,
          3,
          8,
          Duration.ofSeconds(120),
          Duration.ofSeconds(120),
          100_000,
          true,
          Map.of());

  static Wishes read() {
    var only = System.getProperty("bench.only");
    return new Wishes(
        only == null ? DEFAULT.parts : List.of(only.split(",")),
        Integer.getInteger("bench.rounds", DEFAULT.rounds),
        Double.parseDouble(System.getProperty("bench.seconds", "" + DEFAULT.seconds)),
        seconds("bench.warm-up", DEFAULT.warmUp),
        seconds("bench.soak", DEFAULT.soak),
        Integer.getInteger("bench.due", DEFAULT.due),
        !"false".equals(System.getProperty("bench.peers")),
        settings(System.getProperty("bench.settings", "")));
  }

  /** Whether this is the run that is published: nothing is left out or shortened. */
  boolean isWhole() {
    return equals(DEFAULT);
  }

  boolean want(String part) {
    return parts.contains(part);
  }

  boolean wantOneOf(List<String> some) {
    return some.stream().anyMatch(this::want);
  }

  private static Duration seconds(String property, Duration otherwise) {
    return Duration.ofSeconds(Long.getLong(property, otherwise.toSeconds()));
  }

  private static Map<String, String> settings(String text) {
    var settings = new TreeMap<String, String>();
    Arrays.stream(text.split(","))
        .map(setting -> setting.split("=", 2))
        .filter(setting -> setting.length == 2)
        .forEach(setting -> settings.put(setting[0].strip(), setting[1].strip()));
    return settings;
  }
}
