package com.callback.messaging.chaos;

/** How a receiver behaves at the moment. */
enum Mood {
  WELL,
  /** Answers that it has failed. */
  FAILING,
  /** Reads, and does not answer within anybody's patience. */
  HANGING,
  /** Reads, and closes the connection. */
  DROPPING,
  /** Asks to come back later. */
  BUSY
}
