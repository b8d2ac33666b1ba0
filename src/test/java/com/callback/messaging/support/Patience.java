package com.callback.messaging.support;

import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * How long a test waits for what has to come, where it does not say so itself: as long as a slow
 * machine with much else to do may need. And a wait fails by its own condition alone: an exception
 * in a thread of a test server, whose client has just gone, says nothing about what is awaited.
 * Registered for every test class by itself.
 */
public final class Patience implements BeforeAllCallback {

  private static final Duration LONG = Duration.ofSeconds(60);

  @Override
  public void beforeAll(ExtensionContext context) {
    Awaitility.setDefaultTimeout(LONG);
    Awaitility.doNotCatchUncaughtExceptionsByDefault();
  }
}
