package com.callback.messaging.intake.screening;

import java.time.Duration;

/** Token buckets by name: each holds what its time may bring, and fills up steadily. */
interface Buckets {

  /**
   * Takes tokens out of a bucket, or none of them where it has not that many.
   *
   * @param name of the bucket; a new one is full
   * @param perMinute how many it holds, and gains in a minute; 1 or more
   * @return how long until it has as many; nothing when they were taken
   */
  default Duration take(String name, long perMinute, long tokens) {
    return take(name, perMinute, Duration.ofMinutes(1), tokens);
  }

  /**
   * Likewise of a bucket that fills up in another time.
   *
   * @param most how many it holds, and gains in that time; 1 or more
   */
  Duration take(String name, long most, Duration within, long tokens);
}
