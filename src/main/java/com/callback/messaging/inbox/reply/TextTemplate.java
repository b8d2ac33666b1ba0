package com.callback.messaging.inbox.reply;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A text with places such as <code>{{contact.name}}</code>, or <code>{{contact.firstName | there}}
 * </code> with what stands there if nothing is known. It has no logic, and what is filled in is
 * never read as a place.
 */
final class TextTemplate {

  private static final String OPEN = "{{";
  private static final String CLOSE = "}}";

  /**
   * A name between braces, without what stands there if nothing is known. Of the braces that close
   * it one may be missing.
   */
  private static final Pattern INSIDE = Pattern.compile("\\{\\{([^{}|]*)(?:\\|[^{}]*)?}");

  /** Of what is told back to whoever typed it. */
  private static final int LONGEST_NAME = 40;

  private final List<Part> parts;

  private TextTemplate(List<Part> parts) {
    this.parts = parts;
  }

  /**
   * A piece of the text.
   *
   * @param place what is filled in; null where the text stands as it is
   * @param text the text, or what stands in place of nothing
   */
  private record Part(Placeholder place, String text) {

    String filled(Function<Placeholder, String> values) {
      var value = place == null ? "" : values.apply(place);
      return value.isEmpty() ? text : value;
    }
  }

  /** Says in a sentence what is wrong with a text, and what to do. */
  static final class Unreadable extends Exception {

    private static final long serialVersionUID = 1L;

    private Unreadable(String remedy) {
      super(remedy, null, false, false);
    }
  }

  /** Reads a text. */
  static TextTemplate of(String text) throws Unreadable {
    var parts = new ArrayList<Part>();
    var read = 0;
    for (var open = text.indexOf(OPEN); open >= 0; open = text.indexOf(OPEN, read)) {
      parts.add(plain(text.substring(read, open)));
      var close = text.indexOf(CLOSE, open);
      parts.add(place(close < 0 ? null : text.substring(open + OPEN.length(), close)));
      read = close + CLOSE.length();
    }
    parts.add(plain(text.substring(read)));
    return new TextTemplate(parts);
  }

  private static Part plain(String text) throws Unreadable {
    if (text.contains(CLOSE)) {
      throw new Unreadable(
          "There is a }} without a {{ before it: write a placeholder as {{contact.name}}.");
    }
    return new Part(null, text);
  }

  private static Part place(String inside) throws Unreadable {
    if (inside == null || inside.contains(OPEN) || inside.indexOf('\n') >= 0) {
      throw new Unreadable("There is a {{ that is not closed: end the placeholder with }}.");
    }
    var bar = inside.indexOf('|');
    var name = (bar < 0 ? inside : inside.substring(0, bar)).strip();
    var instead = bar < 0 ? "" : inside.substring(bar + 1).strip();
    return new Part(
        Placeholder.named(name).orElseThrow(() -> new Unreadable(unknown(name))), instead);
  }

  private static String unknown(String name) {
    var shown =
        name.codePointCount(0, name.length()) <= LONGEST_NAME
            ? name
            : name.substring(0, name.offsetByCodePoints(0, LONGEST_NAME)) + "…";
    return "There is no placeholder {{%s}}; perhaps {{%s}} is meant. There are %s."
        .formatted(shown, Placeholder.nearest(shown).written(), Placeholder.all());
  }

  /**
   * Whether there is a placeholder in a text, or one with a slip in its case, its spaces or its
   * last brace, whatever else is there.
   */
  static boolean hasPlaceIn(String text) {
    return INSIDE
        .matcher(text)
        .results()
        .anyMatch(inside -> Placeholder.isMeantBy(inside.group(1)));
  }

  /**
   * The text with everything filled in.
   *
   * @param values what is known, empty for nothing
   */
  String filled(Function<Placeholder, String> values) {
    return parts.stream().map(part -> part.filled(values)).collect(Collectors.joining());
  }
}
