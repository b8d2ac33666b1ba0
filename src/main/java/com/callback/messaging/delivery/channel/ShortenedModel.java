package com.callback.messaging.delivery.channel;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Makes a text fit: what people typed gives way, its beginning stays, and a number, a reference or
 * a link is never cut.
 */
public final class ShortenedModel {

  /** What people wrote, as templates name it. */
  private static final List<String> TYPED =
      List.of(
          "business",
          "funnel",
          "name",
          "subject",
          "message",
          "phoneTyped",
          "emailTyped",
          "by",
          "because");

  private ShortenedModel() {}

  /**
   * What fits, with as much of what was typed as there is room for; without any of it where even
   * that does not fit.
   *
   * @param fits whether the provider takes what was written
   * @param written writes a model
   */
  public static String fitting(
      Map<String, Object> model,
      Predicate<String> fits,
      Function<Map<String, Object>, String> written) {
    var whole = written.apply(model);
    if (fits.test(whole)) {
      return whole;
    }
    var longest = 0;
    var tooLong = whole.length();
    while (longest + 1 < tooLong) {
      var middle = (longest + tooLong) / 2;
      if (fits.test(written.apply(shortened(model, middle)))) {
        longest = middle;
      } else {
        tooLong = middle;
      }
    }
    return written.apply(shortened(model, longest));
  }

  private static Map<String, Object> shortened(Map<String, Object> model, int longest) {
    var shorter = new HashMap<>(model);
    for (var typed : TYPED) {
      shorter.computeIfPresent(typed, (field, text) -> Graphemes.beginning((String) text, longest));
    }
    shorter.computeIfPresent("extras", (field, extras) -> shortened((List<?>) extras, longest));
    return shorter;
  }

  private static List<Map<String, String>> shortened(List<?> extras, int longest) {
    return extras.stream()
        .map(extra -> (Map<?, ?>) extra)
        .map(
            extra ->
                Map.of(
                    "name", Graphemes.beginning((String) extra.get("name"), longest),
                    "value", Graphemes.beginning((String) extra.get("value"), longest)))
        .toList();
  }
}
