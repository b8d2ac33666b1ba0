package com.callback.messaging.support;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** What the leads and secrets of tests can be told by, wherever they turn up. */
final class LeadMarks {

  /**
   * The numbers that are kept free for fiction, those of tests' businesses, and what opens doors.
   */
  private static final Pattern FORMS =
      Pattern.compile(
          "(?:\\+|%2B|\\b)(?:61|0)[ -]?491[ -]?570[ -]?\\d{3}\\b"
              + "|\\+614\\d{8}\\b"
              + "|[\\w.+-]+(?:@|%40)example\\.(?:com|org|net)"
              + "|cbk_[0-9a-f]{64}"
              + "|wh(?:sec|sk)_[A-Za-z0-9+/]{20,}"
              + "|/(?:sign-in|invitation)/[0-9a-f-]{36}\\.[\\w-]{43}"
              + "|[Bb]earer ey[\\w-]{10,}"
              // Recipients and tokens of ProviderStandIn.
              + "|(?:Hush0){3,}");

  /** What the demo shows on purpose, for whoever has just started it to use. */
  private static final Pattern BANNER = Pattern.compile("  (?:Try|API key|Sign in|Inbox) {2,}.*");

  /** Names that tests give their leads. */
  private static final Set<String> NAMES =
      Set.of("Ada Lovelace", "Grace Hopper", "Zebulon", "Quillfeather");

  /** Shorter texts are ordinary words. */
  private static final int SHORTEST = 12;

  private static final Set<String> TEXTS = texts();

  private LeadMarks() {}

  /** Those that stand in a text. */
  static List<String> in(String text) {
    var found = new ArrayList<String>();
    if (BANNER.matcher(text).matches()) {
      return found;
    }
    FORMS.matcher(text).results().forEach(form -> found.add(form.group()));
    for (var each : TEXTS) {
      if (text.contains(each)) {
        found.add(each);
      }
    }
    return found;
  }

  private static Set<String> texts() {
    var texts = new TreeSet<>(NAMES);
    var json = new ObjectMapper();
    try {
      for (var line : Files.readAllLines(Path.of("src/test/resources/leads.jsonl"))) {
        for (var field : List.of("contactName", "contactEmail", "message", "subject")) {
          add(texts, json.readTree(line).path(field));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return texts;
  }

  private static void add(Set<String> texts, JsonNode value) {
    value
        .asText("")
        .lines()
        .map(String::strip)
        .filter(line -> line.length() >= SHORTEST)
        .forEach(texts::add);
  }
}
