package com.callback.messaging.bench;

/** Numbers all leads of a run through, so that each is known again at the receivers. */
final class Numbers {

  private int next;

  /** The number of the next lead; it is not taken. */
  int peek() {
    return next;
  }

  int take() {
    return next++;
  }

  /** Takes so many numbers at once and returns the first. */
  int take(int count) {
    var first = next;
    next += count;
    return first;
  }
}
