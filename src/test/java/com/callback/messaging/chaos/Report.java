package com.callback.messaging.chaos;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/** The tables of one or more runs, in Markdown, made to be quoted. */
final class Report {

  private static final Map<String, String> WRITTEN =
      Map.of("email", "E-mail", "sms", "SMS", "webhook", "Webhook");

  private record Column(
      Map<String, String> figures, Map<String, Integer> times, Map<String, Duration> recoveries) {}

  private final Map<String, Column> runs = new LinkedHashMap<>();
  private final List<String> rows = new ArrayList<>();

  /**
   * Reads a run while its processes are there.
   *
   * @param name the head of its column
   */
  void add(String name, Tally tally) {
    var figures = new LinkedHashMap<String, String>();
    figures.put("leads accepted (202)", count(tally.accepted()));
    figures.put("**accepted and lost**", "**" + count(tally.lost().size()) + "**");
    figures.put("kept although the caller got no answer", count(tally.kept() - tally.accepted()));
    figures.put("refused with 503 and `Retry-After`", count(tally.refused(503)));
    figures.put("calls without an answer", count(tally.unanswered()));
    figures.put("deliveries owed, and ended well", count(tally.deliveries()));
    for (var channel : Tuning.CHANNELS) {
      figures.put(
          "%s: arrived again (explained by the troubles: at most)".formatted(WRITTEN.get(channel)),
          "%s (%s)".formatted(count(tally.duplicates(channel)), count(tally.bound(channel))));
    }
    figures.put(
        "SMS of unknown outcome, not sent again (of them not arrived)",
        "%s (%s)".formatted(count(tally.unknown("sms")), count(tally.unknownAndUnseen("sms"))));
    figures.put("longest way of a delivery, troubles included", seconds(tally.slowest()));
    figures.put(
        "longest recovery after a trouble",
        tally.recoveries().values().stream()
            .max(Duration::compareTo)
            .map(Report::seconds)
            .orElse("–"));
    figures.keySet().stream().filter(row -> !rows.contains(row)).forEach(rows::add);
    runs.put(name, new Column(figures, tally.times(), tally.recoveries()));
  }

  /** Writes both tables. */
  void write(Path file, String before) {
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      Files.writeString(file, before + figures() + "\n" + troubles());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What was promised and what arrived. */
  String figures() {
    return table("", rows, row -> column -> column.figures().getOrDefault(row, "–"));
  }

  /** What went wrong how often, and how soon it was over. */
  String troubles() {
    var names =
        runs.values().stream()
            .flatMap(run -> run.times().keySet().stream())
            .distinct()
            .sorted()
            .toList();
    return table(
        "trouble: times, longest recovery",
        names,
        name ->
            column ->
                "%d, %s".formatted(column.times().getOrDefault(name, 0), recovery(column, name)));
  }

  private String table(
      String head, List<String> names, Function<String, Function<Column, String>> cell) {
    var lines = new ArrayList<String>();
    lines.add("| %s | %s |".formatted(head, String.join(" | ", runs.keySet())));
    lines.add("|---|" + "---:|".repeat(runs.size()));
    for (var name : names) {
      var cells = runs.values().stream().map(cell.apply(name)).toList();
      lines.add("| %s | %s |".formatted(name, String.join(" | ", cells)));
    }
    return String.join("\n", lines) + "\n";
  }

  private static String recovery(Column column, String name) {
    var time = column.recoveries().get(name);
    return time == null ? "–" : seconds(time);
  }

  private static String count(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  private static String seconds(Duration time) {
    return String.format(Locale.ROOT, "%.1f s", time.toMillis() / 1000.0);
  }
}
