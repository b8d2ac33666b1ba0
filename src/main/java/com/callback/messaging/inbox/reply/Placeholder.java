package com.callback.messaging.inbox.reply;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What a text to a lead may have filled in. */
enum Placeholder {
  CONTACT_NAME("contact.name", letter -> letter.ofLead("name")),
  CONTACT_FIRST_NAME("contact.firstName", Letter::firstName),
  CONTACT_PHONE("contact.phone", letter -> letter.ofLead("phone")),
  CONTACT_EMAIL("contact.email", letter -> letter.ofLead("email")),
  BUSINESS_NAME("business.name", Letter::businessName),
  FUNNEL_NAME("funnel.name", letter -> letter.ofLead("funnel")),
  LEAD_SUBJECT("lead.subject", letter -> letter.ofLead("subject")),
  LEAD_MESSAGE("lead.message", letter -> letter.ofLead("message")),
  LEAD_REFERENCE("lead.reference", Letter::reference),
  LEAD_RECEIVED_AT("lead.receivedAt", Letter::receivedAt),
  AGENT_NAME("agent.name", Letter::agent);

  private final String written;
  private final Function<Letter, String> value;

  Placeholder(String written, Function<Letter, String> value) {
    this.written = written;
    this.value = value;
  }

  /** As it stands between its braces. */
  String written() {
    return written;
  }

  /** What stands there in a letter; empty where nothing is known. */
  String in(Letter letter) {
    var text = value.apply(letter);
    return text == null || text.isBlank() ? "" : text;
  }

  static Optional<Placeholder> named(String name) {
    return Arrays.stream(values()).filter(each -> each.written.equals(name)).findFirst();
  }

  /** Whether this is the name of one, but for upper case and spaces. */
  static boolean isMeantBy(String typed) {
    var name = typed.replaceAll("[\\s\\p{Z}]+", "");
    return Arrays.stream(values()).anyMatch(each -> each.written.equalsIgnoreCase(name));
  }

  /** All of them, as a sentence lists them. */
  static String all() {
    return Arrays.stream(values()).map(Placeholder::written).collect(Collectors.joining(", "));
  }

  /** The one that was most likely meant: the same but cut off, else the most similar one. */
  static Placeholder nearest(String name) {
    var typed = name.toLowerCase(Locale.ROOT);
    return Arrays.stream(values())
        .min(
            Comparator.comparing((Placeholder each) -> !each.isBegunBy(typed))
                .thenComparing(each -> distance(typed, each.written.toLowerCase(Locale.ROOT))))
        .orElseThrow();
  }

  private boolean isBegunBy(String typed) {
    return !typed.isEmpty() && written.toLowerCase(Locale.ROOT).startsWith(typed);
  }

  /** How many letters have to change (Levenshtein). */
  private static int distance(String one, String other) {
    var row = new int[other.length() + 1];
    Arrays.setAll(row, place -> place);
    for (var i = 1; i <= one.length(); i++) {
      var diagonal = row[0];
      row[0] = i;
      for (var j = 1; j <= other.length(); j++) {
        var same = one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1;
        var best = Math.min(diagonal + same, 1 + Math.min(row[j], row[j - 1]));
        diagonal = row[j];
        row[j] = best;
      }
    }
    return row[other.length()];
  }
}
