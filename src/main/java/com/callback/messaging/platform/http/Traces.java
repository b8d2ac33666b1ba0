package com.callback.messaging.platform.http;

import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Stack traces for the log. Messages of exceptions may hold what a person typed, so they are left
 * out.
 */
final class Traces {

  private static final int FRAMES = 12;

  private Traces() {}

  static String withoutMessages(Throwable failure) {
    return Stream.iterate(failure, cause -> cause != null, Throwable::getCause)
        .limit(5)
        .map(Traces::one)
        .collect(Collectors.joining("\n  caused by "));
  }

  private static String one(Throwable failure) {
    return failure.getClass().getName()
        + Arrays.stream(failure.getStackTrace())
            .limit(FRAMES)
            .map(frame -> "\n    at " + frame)
            .collect(Collectors.joining());
  }
}
