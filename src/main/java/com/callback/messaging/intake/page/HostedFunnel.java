package com.callback.messaging.intake.page;

import java.util.List;
import java.util.Map;

/**
 * A funnel as its pages show it.
 *
 * @param slug its name in addresses, or else its id
 * @param title null where it has none
 * @param intro null where it has none
 * @param isOpen whether it takes leads
 * @param times when the visitor may ask to be called, value and label; empty where they may not
 */
record HostedFunnel(
    String id,
    String slug,
    String title,
    String intro,
    String business,
    boolean isOpen,
    List<Map<String, String>> times) {

  /** The funnel in the rows of {@code load-funnel.sql}; null where there is none. */
  static HostedFunnel of(List<Map<String, Object>> rows) {
    return rows.isEmpty() ? null : of(rows.get(0));
  }

  private static HostedFunnel of(Map<String, Object> row) {
    return new HostedFunnel(
        row.get("id").toString(),
        (String) row.get("slug"),
        (String) row.get("title"),
        (String) row.get("intro"),
        (String) row.get("business"),
        Boolean.TRUE.equals(row.get("is_open")),
        times((String) row.get("times")));
  }

  /** From lines of the form {@code value=label}. */
  private static List<Map<String, String>> times(String lines) {
    return lines == null
        ? List.of()
        : lines
            .lines()
            .map(line -> line.split("=", 2))
            .map(time -> Map.of("value", time[0], "label", time[1]))
            .toList();
  }
}
