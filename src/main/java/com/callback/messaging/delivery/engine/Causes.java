package com.callback.messaging.delivery.engine;

import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** A failure and its causes, the outermost first. */
final class Causes {

  /** A circle of causes must not hold a worker for ever. */
  private static final int DEEPEST = 32;

  private Causes() {}

  static Stream<Throwable> of(Throwable failure) {
    return Stream.iterate(failure, Objects::nonNull, Throwable::getCause).limit(DEEPEST);
  }

  /** The outermost one of a type. */
  static <T extends Throwable> Optional<T> of(Throwable failure, Class<T> type) {
    return of(failure).filter(type::isInstance).map(type::cast).findFirst();
  }
}
