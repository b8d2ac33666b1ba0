package com.callback.messaging.bench;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Puts the medians of all contestants side by side. */
final class Comparison {

  private final Map<String, Map<String, Double>> medians = new LinkedHashMap<>();
  private Map<String, Double> current = Map.of();

  /** What is added from now on is of this one. */
  void contestant(String name) {
    current = medians.computeIfAbsent(name, each -> new LinkedHashMap<>());
  }

  void add(String what, double median) {
    current.put(what, median);
  }

  /** A table, with the first contestant's ratio to each other one; empty without another one. */
  String table() {
    if (medians.size() < 2) {
      return "";
    }
    var names = medians.keySet();
    var head = String.join(" | ", names);
    var rows =
        medians.values().iterator().next().keySet().stream()
            .map(this::row)
            .collect(Collectors.joining("\n"));
    return """

        ## Side by side

        Medians of one run, one contestant after the other. In brackets: how many times this service has of what the other one has.

        | | %s |
        |---|%s
        %s
        """
        .formatted(head, "---|".repeat(names.size()), rows);
  }

  private String row(String what) {
    var ours = medians.values().iterator().next().get(what);
    return medians.values().stream()
        .map(theirs -> cell(ours, theirs.get(what), theirs.get(what) == ours))
        .collect(Collectors.joining(" | ", "| " + what + " | ", " |"));
  }

  private static String cell(Double ours, Double theirs, boolean isOurs) {
    if (theirs == null) {
      return "";
    }
    return isOurs
        ? Figure.number(theirs)
        : String.format(Locale.ROOT, "%s (%.2f)", Figure.number(theirs), ours / theirs);
  }
}
