package com.callback.messaging.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** One number of the benchmark, measured in several rounds. */
final class Figure {

  private final String name;
  private final String unit;
  private final List<Double> rounds = new ArrayList<>();

  Figure(String name, String unit) {
    this.name = name;
    this.unit = unit;
  }

  void add(double round) {
    rounds.add(round);
  }

  String name() {
    return name;
  }

  boolean isZero() {
    return most() == 0;
  }

  double median() {
    return percentile(rounds.stream().mapToDouble(Double::doubleValue).toArray(), 50);
  }

  /** The median with its unit, and in brackets the lowest and the highest round. */
  String text() {
    return "%s %s".formatted(number(median()), unit).strip()
        + (rounds.size() < 2 ? "" : " (%s to %s)".formatted(number(least()), number(most())));
  }

  /** The value that this share of all values, in percent, does not exceed. */
  static double percentile(double[] values, double percent) {
    if (values.length == 0) {
      return Double.NaN;
    }
    var sorted = values.clone();
    Arrays.sort(sorted);
    var rank = (int) Math.ceil(percent / 100 * sorted.length) - 1;
    return sorted[Math.max(0, rank)];
  }

  double least() {
    return rounds.stream().mapToDouble(Double::doubleValue).min().orElse(Double.NaN);
  }

  double most() {
    return rounds.stream().mapToDouble(Double::doubleValue).max().orElse(Double.NaN);
  }

  /** Two digits behind the point, or none from 100 on. */
  static String number(double value) {
    if (Double.isNaN(value)) {
      return "–";
    }
    return String.format(Locale.ROOT, value < 100 ? "%.2f" : "%,.0f", value);
  }
}
