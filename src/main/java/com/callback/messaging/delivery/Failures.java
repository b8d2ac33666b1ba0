package com.callback.messaging.delivery;

import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.internet.AddressException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.core5.http.NoHttpResponseException;
import org.apache.hc.core5.http.ConnectionRequestTimeoutException;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.eclipse.angus.mail.smtp.SMTPSenderFailedException;
import org.eclipse.angus.mail.util.MailConnectException;
import org.springframework.stereotype.Component;

/**
 * Judges why an attempt failed. Temporary: no connection, HTTP 408, 425, 429 and 5xx, SMTP 4yz. Permanent: other HTTP
 * answers, SMTP 5yz, an address that cannot be one. Unknown: the request may have left, and no answer came.
 */
@Component
public class Failures {

  private static final Set<Integer> MAY_WORK_LATER = Set.of(408, 425, 429);
  private static final int REASON_LIMIT = 500;

  Failures() {}

  /** What the failure means. The innermost cause that tells decides. */
  public FailureKind kindOf(Throwable failure) {
    for (var cause : causes(failure)) {
      if (cause instanceof FarEndAnsweredException answered) {
        return ofStatus(answered.status());
      }
      if (cause instanceof NeverDeliverableException
          || cause instanceof AddressException
          || cause instanceof URISyntaxException) {
        return FailureKind.PERMANENT;
      }
      var smtp = smtpReply(cause);
      if (smtp.isPresent()) {
        return smtp.getAsInt() / 100 == 5 ? FailureKind.PERMANENT : FailureKind.TEMPORARY;
      }
      if (cause instanceof AuthenticationFailedException || neverConnected(cause)) {
        return FailureKind.TEMPORARY;
      }
      if (cause instanceof SocketTimeoutException
          || cause instanceof SocketException
          || cause instanceof NoHttpResponseException) {
        return FailureKind.UNKNOWN;
      }
    }
    return FailureKind.TEMPORARY;
  }

  /** What an HTTP status other than 2xx means. */
  public FailureKind ofStatus(int status) {
    return MAY_WORK_LATER.contains(status) || status / 100 == 5
        ? FailureKind.TEMPORARY
        : FailureKind.PERMANENT;
  }

  /** The far end's status, where it answered: HTTP, or SMTP's three digits. */
  public Optional<Integer> statusOf(Throwable failure) {
    for (var cause : causes(failure)) {
      if (cause instanceof FarEndAnsweredException answered) {
        return Optional.of(answered.status());
      }
      var smtp = smtpReply(cause);
      if (smtp.isPresent()) {
        return Optional.of(smtp.getAsInt());
      }
    }
    return Optional.empty();
  }

  /** What the far end said. */
  public Optional<String> answerOf(Throwable failure) {
    return causes(failure).stream()
        .filter(FarEndAnsweredException.class::isInstance)
        .findFirst()
        .flatMap(answered -> ((FarEndAnsweredException) answered).answer());
  }

  /** How long the far end asked to be left alone. */
  public Optional<Duration> retryAfterOf(Throwable failure) {
    return causes(failure).stream()
        .filter(FarEndAnsweredException.class::isInstance)
        .findFirst()
        .flatMap(answered -> ((FarEndAnsweredException) answered).retryAfter());
  }

  /** Why it failed, in a sentence for the owner; without what the lead wrote. */
  public String reasonOf(Throwable failure) {
    for (var cause : causes(failure)) {
      if (cause instanceof FarEndAnsweredException || cause instanceof NeverDeliverableException) {
        return cause.getMessage();
      }
      if (smtpReply(cause).isPresent()) {
        return short_("The mail server answered: " + cause.getMessage());
      }
      if (cause instanceof UnknownHostException) {
        return "The host is not known";
      }
      if (cause instanceof AuthenticationFailedException) {
        return "The mail server refused our user name or password";
      }
      if (neverConnected(cause)) {
        return "No connection could be made";
      }
      if (cause instanceof SocketTimeoutException) {
        return "No answer came in time";
      }
      if (cause instanceof SocketException || cause instanceof NoHttpResponseException) {
        return "The connection was cut before an answer came";
      }
    }
    return "It failed on our side (" + failure.getClass().getSimpleName() + ")";
  }

  private static String short_(String text) {
    var line = text.replaceAll("\\s+", " ").strip();
    return line.length() > REASON_LIMIT ? line.substring(0, REASON_LIMIT) : line;
  }

  private static boolean neverConnected(Throwable cause) {
    return cause instanceof ConnectException
        || cause instanceof UnknownHostException
        || cause instanceof NoRouteToHostException
        || cause instanceof ConnectTimeoutException
        || cause instanceof ConnectionRequestTimeoutException
        || cause instanceof MailConnectException;
  }

  private static OptionalInt smtpReply(Throwable cause) {
    if (cause instanceof SMTPSendFailedException refused) {
      return OptionalInt.of(refused.getReturnCode());
    }
    if (cause instanceof SMTPAddressFailedException refused) {
      return OptionalInt.of(refused.getReturnCode());
    }
    if (cause instanceof SMTPSenderFailedException refused) {
      return OptionalInt.of(refused.getReturnCode());
    }
    return OptionalInt.empty();
  }

  /**
   * The failure, its causes, and the exceptions that mail chains beside its causes: innermost first, because wrappers say
   * less.
   */
  private static List<Throwable> causes(Throwable failure) {
    var chain =
        Stream.iterate(failure, cause -> cause != null, Failures::next).limit(20).collect(java.util.stream.Collectors.toList());
    java.util.Collections.reverse(chain);
    return chain;
  }

  private static Throwable next(Throwable failure) {
    return failure instanceof jakarta.mail.MessagingException mail && mail.getNextException() != null
        ? mail.getNextException()
        : failure.getCause();
  }
}
