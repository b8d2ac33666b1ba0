package com.callback.messaging.bench;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Figures side by side: a row for each figure, a column for each contestant. */
final class Table {

  private final List<String> names;
  private final boolean isFirstToOthers;
  private final Map<String, Map<String, Figure>> rows = new LinkedHashMap<>();

  private Table(List<String> names, boolean isFirstToOthers) {
    this.names = names;
    this.isFirstToOthers = isFirstToOthers;
  }

  /** Of contestants: how many times the first one has of what each other one has. */
  static Table ofContestants(List<String> names) {
    return new Table(names, true);
  }

  /** Of one contestant in several conditions: how many times each has of what the first has. */
  static Table ofConditions(List<String> names) {
    return new Table(names, false);
  }

  /** Where the figures of one contestant are added. */
  Column column(String name) {
    return (row, unit, value) ->
        rows.computeIfAbsent(row, each -> new TreeMap<>())
            .computeIfAbsent(name, each -> new Figure(row, unit))
            .add(value);
  }

  List<String> names() {
    return names;
  }

  /** The median of a figure; NaN if it was not measured. */
  double median(String row, String name) {
    var figure = rows.getOrDefault(row, Map.of()).get(name);
    return figure == null ? Double.NaN : figure.median();
  }

  /** Whether a figure was zero each time, or was not measured. */
  boolean isZero(String row, String name) {
    var figure = rows.getOrDefault(row, Map.of()).get(name);
    return figure == null || figure.isZero();
  }

  /** How many times the one has of what the other has, in medians. */
  double ratio(String row, String name, String other) {
    return median(row, name) / median(row, other);
  }

  /** Copies a row of another table of the same names, under another title. */
  void take(Table other, String row, String title) {
    if (other.rows.containsKey(row)) {
      rows.put(title, other.rows.get(row));
    }
  }

  /** As lines of Markdown. */
  List<String> lines() {
    var first = names.get(0);
    var others = names.subList(1, names.size());
    var ratios =
        others.stream()
            .map(other -> isFirstToOthers ? "÷ " + other : "%s ÷ %s".formatted(other, first));
    var head = Stream.concat(names.stream(), ratios).toList();
    return Stream.concat(
            Stream.of(
                "| | %s |".formatted(String.join(" | ", head)),
                "|---|" + "--:|".repeat(head.size())),
            rows.keySet().stream().map(this::line))
        .toList();
  }

  private String line(String row) {
    var figures = rows.get(row);
    var cells =
        names.stream().map(name -> figures.containsKey(name) ? figures.get(name).text() : "");
    var first = names.get(0);
    var ratios =
        names.stream()
            .skip(1)
            .map(other -> isFirstToOthers ? ratio(row, first, other) : ratio(row, other, first))
            .map(ratio -> Double.isFinite(ratio) ? String.format(Locale.ROOT, "%.2f", ratio) : "");
    return Stream.concat(cells, ratios)
        .collect(Collectors.joining(" | ", "| " + row + " | ", " |"));
  }
}
