package com.callback.messaging.people.signin;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The words by which a person recognizes a session of theirs: browser and system, as the {@code
 * User-Agent} names them. It is written by the browser, so it is a help and no proof; only words of
 * this class are stored of it.
 */
final class Device {

  /** By what a browser is known; before others, whose name it also gives. */
  private static final Map<String, String> BROWSERS =
      inOrder(
          "Edg", "Edge",
          "OPR/", "Opera",
          "SamsungBrowser/", "Samsung Internet",
          "Vivaldi/", "Vivaldi",
          "FxiOS/", "Firefox",
          "Firefox/", "Firefox",
          "CriOS/", "Chrome",
          "Chrome/", "Chrome",
          "Safari/", "Safari");

  /** By what a system is known; Android before Linux, and iPhones before the Mac that they name. */
  private static final Map<String, String> SYSTEMS =
      inOrder(
          "iPhone", "iPhone",
          "iPad", "iPad",
          "Android", "Android",
          "CrOS", "ChromeOS",
          "Windows", "Windows",
          "Macintosh", "Mac",
          "Linux", "Linux");

  private Device() {}

  /**
   * Browser and system.
   *
   * @param userAgent the header of a request; may be null
   * @return at most 60 characters, such as "Chrome on Android"; "Unknown device" where neither is
   *     known
   */
  static String of(String userAgent) {
    var browser = named(BROWSERS, userAgent);
    var system = named(SYSTEMS, userAgent);
    if (browser.isEmpty() && system.isEmpty()) {
      return "Unknown device";
    }
    return browser.orElse("Browser") + system.map(name -> " on " + name).orElse("");
  }

  private static Optional<String> named(Map<String, String> marks, String userAgent) {
    return marks.entrySet().stream()
        .filter(mark -> userAgent != null && userAgent.contains(mark.getKey()))
        .map(Map.Entry::getValue)
        .findFirst();
  }

  private static Map<String, String> inOrder(String... pairs) {
    var marks = new LinkedHashMap<String, String>();
    for (int i = 0; i < pairs.length; i += 2) {
      marks.put(pairs[i], pairs[i + 1]);
    }
    return marks;
  }
}
