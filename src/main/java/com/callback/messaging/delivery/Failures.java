package com.callback.messaging.delivery;

import static com.callback.messaging.delivery.FailureKind.PERMANENT;
import static com.callback.messaging.delivery.FailureKind.TEMPORARY;
import static com.callback.messaging.delivery.FailureKind.UNKNOWN;

import com.fasterxml.jackson.core.JsonProcessingException;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.internet.AddressException;
import java.io.EOFException;
import java.io.InterruptedIOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.core5.http.ConnectionClosedException;
import org.apache.hc.core5.http.ConnectionRequestTimeoutException;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.MalformedChunkCodingException;
import org.apache.hc.core5.http.MessageConstraintException;
import org.apache.hc.core5.http.NoHttpResponseException;
import org.apache.hc.core5.http.RequestNotExecutedException;
import org.eclipse.angus.mail.util.MailConnectException;
import org.springframework.stereotype.Component;

/** Decides what a failed attempt says about the next one, for every channel alike. */
@Component
public class Failures {

  /** Request timeout, too early, too many requests: the only 4xx that another time can mend. */
  private static final Set<Integer> WORTH_ANOTHER_TRY = Set.of(408, 425, 429);

  /** Errors before a connection stood: not a byte of the request has left. */
  private static final Set<Class<? extends Throwable>> NEVER_CONNECTED =
      Set.of(
          ConnectException.class,
          UnknownHostException.class,
          NoRouteToHostException.class,
          BindException.class,
          ConnectTimeoutException.class,
          ConnectionRequestTimeoutException.class,
          RequestNotExecutedException.class,
          MailConnectException.class);

  /** Errors of a handshake: connected, but the request waits until it is through. */
  private static final Set<Class<? extends Throwable>> NEVER_SENT =
      Set.of(SSLHandshakeException.class, SSLPeerUnverifiedException.class);

  /** Errors on a connection that stood: the request, or enough of it, may have arrived. */
  private static final Set<Class<? extends Throwable>> MAY_HAVE_LEFT =
      Set.of(
          InterruptedIOException.class,
          SocketException.class,
          SSLException.class,
          EOFException.class,
          NoHttpResponseException.class,
          ConnectionClosedException.class,
          // An answer came, and cannot be read.
          HttpException.class,
          MessageConstraintException.class,
          MalformedChunkCodingException.class,
          JsonProcessingException.class);

  /** A circle of causes must not hold a worker for ever. */
  private static final int DEEPEST_CAUSE = 32;

  Failures() {}

  /**
   * Judges an HTTP answer.
   *
   * @param httpStatus anything but 2xx
   */
  public FailureKind ofStatus(int httpStatus) {
    if (httpStatus >= 200 && httpStatus < 300) {
      throw new IllegalArgumentException("HTTP status " + httpStatus + " is not a failure.");
    }
    var refused = httpStatus >= 300 && httpStatus < 500;
    return refused && !WORTH_ANOTHER_TRY.contains(httpStatus) ? PERMANENT : TEMPORARY;
  }

  /** Judges an error by the outermost of its causes that says something. */
  public FailureKind ofException(Throwable error) {
    return causes(error).flatMap(cause -> kind(cause).stream()).findFirst().orElse(TEMPORARY);
  }

  /**
   * Whether the error came before a connection stood, so that trying again at once doubles nothing.
   */
  public boolean neverConnected(Throwable error) {
    return causes(error)
        .filter(cause -> kind(cause).isPresent())
        .findFirst()
        .filter(cause -> isAny(cause, NEVER_CONNECTED))
        .isPresent();
  }

  private Optional<FailureKind> kind(Throwable error) {
    if (error instanceof FarEndAnsweredException answered) {
      return Optional.of(ofStatus(answered.status()));
    }
    if (error instanceof NeverDeliverableException) {
      return Optional.of(PERMANENT);
    }
    if (isAny(error, NEVER_CONNECTED) || isAny(error, NEVER_SENT)) {
      return Optional.of(TEMPORARY);
    }
    if (isAny(error, MAY_HAVE_LEFT)) {
      return Optional.of(UNKNOWN);
    }
    // Wrong credentials are ours to mend; the mail can go out afterwards.
    if (error instanceof AuthenticationFailedException) {
      return Optional.of(TEMPORARY);
    }
    if (error instanceof AddressException) {
      return Optional.of(PERMANENT);
    }
    return SmtpReply.of(error).map(SmtpReply::kind);
  }

  private static boolean isAny(Throwable error, Set<Class<? extends Throwable>> types) {
    return types.stream().anyMatch(type -> type.isInstance(error));
  }

  private static Stream<Throwable> causes(Throwable error) {
    return Stream.iterate(error, Objects::nonNull, Throwable::getCause).limit(DEEPEST_CAUSE);
  }
}
