package com.callback.messaging.support;

import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * How long a test waits for what has to come, where it does not say so itself: as long as a slow
 * machine with much else to do may need. Registered for every test class by itself.
 */
public final class Patience implements BeforeAllCallback {

  private static final Duration LONG = Duration.ofSeconds(60);

  @Override
  public void beforeAll(ExtensionContext context) {
    Awaitility.setDefaultTimeout(LONG);
  }
}
