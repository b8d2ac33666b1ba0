package com.callback.messaging.platform.startup;

/** A message of somebody else, fit to stand inside a sentence. */
final class OneLine {
  private static final int LONGEST = 200;

  private OneLine() {}

  static String of(String message) {
    String line = String.valueOf(message).replaceAll("\\s+", " ").trim();
    String end = line.replaceAll("[.:;,]+$", "");
    return end.length() > LONGEST ? end.substring(0, LONGEST) + "…" : end;
  }
}
