package com.callback.messaging.delivery.engine;

import java.util.Map;
import java.util.stream.Collectors;

/**
 * How a provider reads a text. What people typed is escaped for it, so that a name cannot mention
 * everybody in a room, hide a link or break the message.
 */
public enum Markup {
  /** Nothing in a text has a meaning. */
  PLAIN(Map.of()),

  /**
   * Entities stand for &amp;, &lt; and &gt;, and nothing else begins a mention or a link: Slack.
   */
  ENTITIES(Map.of('&', "&amp;", '<', "&lt;", '>', "&gt;")),

  /** A backslash takes the meaning from the punctuation mark behind it: Discord. */
  MARKDOWN(behind('\\', "\\`*_{}[]()<>#+-.!|~:@")),

  /** Angle brackets begin a mention or a link, and nothing escapes them: Google Chat. */
  BRACKETS(Map.of('<', "\u2039", '>', "\u203A"));

  private final Map<Character, String> escapes;

  Markup(Map<Character, String> escapes) {
    this.escapes = escapes;
  }

  /** The text as it must be written, so that it is read as it was typed. */
  public String escaped(String typed) {
    if (escapes.isEmpty()) {
      return typed;
    }
    var escaped = new StringBuilder(typed.length());
    for (int i = 0; i < typed.length(); i++) {
      var character = typed.charAt(i);
      escaped.append(escapes.getOrDefault(character, String.valueOf(character)));
    }
    return escaped.toString();
  }

  private static Map<Character, String> behind(char escape, String marks) {
    return marks
        .chars()
        .mapToObj(mark -> (char) mark)
        .collect(Collectors.toMap(mark -> mark, mark -> "" + escape + mark));
  }
}
