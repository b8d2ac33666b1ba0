package com.callback.messaging.bench;

/** Takes the figures of one contestant, round by round. */
@FunctionalInterface
interface Column {

  void add(String row, String unit, double value);
}
