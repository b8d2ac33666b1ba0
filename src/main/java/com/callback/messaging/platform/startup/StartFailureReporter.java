package com.callback.messaging.platform.startup;

import java.util.Optional;
import org.springframework.boot.SpringBootExceptionReporter;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/** Says in one sentence why the service did not start, where we know; leaves the rest to Boot. */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class StartFailureReporter implements SpringBootExceptionReporter {

  @Override
  public boolean reportException(Throwable failure) {
    Optional<String> sentence = StartSentence.of(failure);
    sentence.ifPresent(known -> System.err.println("Callback Messaging did not start: " + known));
    return sentence.isPresent();
  }
}
