package com.callback.messaging.intake.submission;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import java.util.Set;

/** How urgent a lead is, in words that people write in their own way. */
final class Priority {

  private static final Set<String> ALL = Set.of("low", "medium", "high", "urgent");

  private Priority() {}

  /** Whether it is one, in whatever case. */
  static boolean isOne(JsonNode value) {
    return value.isTextual() && ALL.contains(plain(value.textValue()));
  }

  /** As the contract writes it. */
  static String plain(String value) {
    return value.strip().toLowerCase(Locale.ROOT);
  }
}
