package com.callback.messaging.delivery.confirmation;

import java.util.concurrent.atomic.AtomicBoolean;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;

/** Asks for codes only while a test is about them: all others set recipients as in development. */
public final class CodesInTests implements ConfirmationRequirement {

  private final AtomicBoolean isRequired = new AtomicBoolean();

  @Override
  public boolean isRequired() {
    return isRequired.get();
  }

  void require(boolean required) {
    isRequired.set(required);
  }

  /** Puts it into the service. */
  @TestConfiguration(proxyBeanMethods = false)
  public static class Setup {

    @Bean
    @Primary
    CodesInTests codesInTests() {
      return new CodesInTests();
    }
  }
}
