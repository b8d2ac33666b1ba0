package com.callback.messaging.delivery;

import com.callback.messaging.secrets.UnknownKeyException;
import jakarta.mail.AuthenticationFailedException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** Tells why an attempt failed: for the owner to read, and what the far end said. */
@Component
public class Reasons {

  private static final int DEEPEST_CAUSE = 32;

  private final Failures failures;

  Reasons(Failures failures) {
    this.failures = failures;
  }

  /** Why it failed, in a sentence, without what the lead wrote. */
  public String of(Throwable failure) {
    return causes(failure)
        .flatMap(cause -> sentence(cause).stream())
        .findFirst()
        .orElseGet(() -> general(failure));
  }

  /** The far end's status, where it answered: HTTP's, or the three digits of SMTP. */
  public Optional<Integer> status(Throwable failure) {
    return answered(failure)
        .map(FarEndAnsweredException::status)
        .or(() -> smtp(failure).map(SmtpReply::code).filter(code -> code > 0));
  }

  /** What the far end said. */
  public Optional<String> answer(Throwable failure) {
    return answered(failure).flatMap(FarEndAnsweredException::answer);
  }

  /** How long the far end asked to be left alone. */
  public Optional<Duration> retryAfter(Throwable failure) {
    return answered(failure).flatMap(FarEndAnsweredException::retryAfter);
  }

  private static Optional<String> sentence(Throwable cause) {
    if (cause instanceof FarEndAnsweredException
        || cause instanceof NeverDeliverableException
        || cause instanceof UnknownKeyException) {
      return Optional.of(cause.getMessage());
    }
    if (cause instanceof UnknownHostException) {
      return Optional.of("The host is not known");
    }
    if (cause instanceof AuthenticationFailedException) {
      return Optional.of("The mail server refused our user name or password");
    }
    return SmtpReply.of(cause)
        .filter(reply -> reply.code() > 0)
        .map(reply -> "The mail server answered " + reply.code());
  }

  private String general(Throwable failure) {
    if (failures.neverConnected(failure)) {
      return "No connection could be made";
    }
    return failures.ofException(failure) == FailureKind.UNKNOWN
        ? "No answer came, so it may or may not have arrived"
        : "It failed on our side (" + innermost(failure).getClass().getSimpleName() + ")";
  }

  /** Wrappers say nothing. */
  private static Throwable innermost(Throwable failure) {
    return causes(failure).reduce(failure, (outer, inner) -> inner);
  }

  private static Optional<FarEndAnsweredException> answered(Throwable failure) {
    return causes(failure)
        .filter(FarEndAnsweredException.class::isInstance)
        .map(FarEndAnsweredException.class::cast)
        .findFirst();
  }

  private static Optional<SmtpReply> smtp(Throwable failure) {
    return causes(failure).flatMap(cause -> SmtpReply.of(cause).stream()).findFirst();
  }

  private static Stream<Throwable> causes(Throwable failure) {
    return Stream.iterate(failure, Objects::nonNull, Throwable::getCause).limit(DEEPEST_CAUSE);
  }
}
