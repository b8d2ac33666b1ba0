package com.callback.messaging.delivery.engine;

import static com.callback.messaging.delivery.engine.FailureKind.PERMANENT;
import static com.callback.messaging.delivery.engine.FailureKind.TEMPORARY;
import static com.callback.messaging.delivery.engine.FailureKind.UNKNOWN;

import com.callback.messaging.platform.secrets.UnknownKeyException;
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

/**
 * Decides what a failed attempt says about the next one, for every channel alike. A temporary
 * failure is tried again on the channel's schedule, a permanent one ends the delivery, and an
 * unknown one is sent again where the channel's {@code resend-when-unknown} says so.
 *
 * <table>
 * <caption>What an answer means</caption>
 * <tr><th>who</th><th>answer</th><th>means</th><th>because</th></tr>
 * <tr><td>receiver</td><td>2xx</td><td>taken</td><td>whatever its body is</td></tr>
 * <tr><td></td><td>410</td><td>permanent</td><td>it wants nothing more, ever</td></tr>
 * <tr><td></td><td>all others</td><td>temporary</td><td>a deploy, a proxy or a wrong setting answers
 * 3xx, 401, 404 or 500 alike, and somebody mends it</td></tr>
 * <tr><td>HTTP provider</td><td>2xx</td><td>taken</td><td>unless its body refuses the message</td></tr>
 * <tr><td></td><td>400, 413, 422</td><td>permanent</td><td>it has read the message</td></tr>
 * <tr><td></td><td>all others</td><td>temporary</td><td>they are about the account or the provider:
 * the operator mends those</td></tr>
 * <tr><td>mail server</td><td>4yz</td><td>temporary</td><td>RFC 5321</td></tr>
 * <tr><td></td><td>5yz x.1.z</td><td>permanent</td><td>no such mailbox or domain, unless it is the
 * sender's (x.1.7, x.1.8, any answer to MAIL)</td></tr>
 * <tr><td></td><td>5yz x.2.z to x.7.z</td><td>temporary</td><td>mailbox full, system, network,
 * protocol, policy: people mend them (RFC 3463)</td></tr>
 * <tr><td></td><td>550, 551, 553, 501 to RCPT, 556</td><td>permanent</td><td>without an enhanced code
 * they say that there is no such address</td></tr>
 * <tr><td></td><td>530, 534, 535, 538, x.7.8</td><td>temporary</td><td>our log-in: the operator mends
 * it</td></tr>
 * <tr><td></td><td>other 5yz</td><td>temporary</td><td>greeting, EHLO, relaying, size, policy</td></tr>
 * <tr><td>this instance</td><td>outbound rules, secrets key</td><td>temporary, without an end</td>
 * <td>another instance may be set up otherwise, and the operator mends it</td></tr>
 * <tr><td>anyone</td><td>no connection, no handshake</td><td>temporary</td><td>nothing has left</td></tr>
 * <tr><td></td><td>none after the request or the end of the mail</td><td>unknown</td><td>it may have
 * arrived</td></tr>
 * </table>
 */
@Component
public class Failures {

  /** With these a provider says that it has read the message, and will never take it. */
  private static final Set<Integer> REFUSES_THE_MESSAGE = Set.of(400, 413, 422);

  private static final int GONE = 410;

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
   * Judges the answer of a receiver that a business named.
   *
   * @param httpStatus anything but 2xx
   */
  FailureKind ofReceiver(int httpStatus) {
    return httpStatus == GONE ? PERMANENT : TEMPORARY;
  }

  /**
   * Judges the answer of a provider that the operator chose.
   *
   * @param httpStatus anything but 2xx
   */
  FailureKind ofProvider(int httpStatus) {
    return REFUSES_THE_MESSAGE.contains(httpStatus) ? PERMANENT : TEMPORARY;
  }

  /** Judges the answer of a mail server, or that there was none. */
  FailureKind ofMailServer(SmtpReply reply) {
    if (reply.leavesOpenWhetherItArrived()) {
      return UNKNOWN;
    }
    return reply.knowsNoSuchAddress() ? PERMANENT : TEMPORARY;
  }

  /** Whether a receiver asks that nothing be sent to it any more. */
  boolean isGone(Throwable error) {
    return causes(error)
        .anyMatch(
            cause ->
                cause instanceof FarEndAnsweredException answered
                    && !answered.isProvider()
                    && answered.status() == GONE);
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
      return Optional.of(
          answered.isProvider() ? ofProvider(answered.status()) : ofReceiver(answered.status()));
    }
    if (error instanceof NeverDeliverableException) {
      return Optional.of(PERMANENT);
    }
    if (isAboutSettings(error)) {
      return Optional.of(TEMPORARY);
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
    return SmtpReply.of(error).map(this::ofMailServer);
  }

  /** Whether this instance's settings stood in the way: then no schedule ends the delivery. */
  boolean isRefusedBySettings(Throwable error) {
    return causes(error).anyMatch(Failures::isAboutSettings);
  }

  private static boolean isAboutSettings(Throwable error) {
    return error instanceof RefusedBySettingsException || error instanceof UnknownKeyException;
  }

  private static boolean isAny(Throwable error, Set<Class<? extends Throwable>> types) {
    return types.stream().anyMatch(type -> type.isInstance(error));
  }

  private static Stream<Throwable> causes(Throwable error) {
    return Stream.iterate(error, Objects::nonNull, Throwable::getCause).limit(DEEPEST_CAUSE);
  }
}
