package com.callback.messaging.bench;

/** A program that was started, in a process of its own. */
interface Running extends AutoCloseable {

  int port();

  long pid();

  boolean isAlive();

  @Override
  void close();
}
