package com.callback.messaging.delivery.engine;

import static com.callback.messaging.delivery.engine.FailureKind.GONE;
import static com.callback.messaging.delivery.engine.FailureKind.PERMANENT;
import static com.callback.messaging.delivery.engine.FailureKind.TEMPORARY;
import static com.callback.messaging.delivery.engine.FailureKind.UNKNOWN;
import static com.callback.messaging.delivery.engine.RequestProgress.MAY_HAVE_LEFT;
import static com.callback.messaging.delivery.engine.RequestProgress.NEVER_CONNECTED;

import com.callback.messaging.platform.secrets.UnknownKeyException;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.internet.AddressException;
import java.io.InterruptedIOException;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.springframework.stereotype.Component;

/**
 * Decides what a response or a failure means, for every channel alike, and what becomes of the
 * delivery.
 *
 * <table>
 * <caption>What a response or a failure means</caption>
 * <tr><th>who</th><th>response or failure</th><th>means</th><th>because</th></tr>
 * <tr><td>HTTP server</td><td>2xx</td><td>accepted</td><td>whatever its body is; a provider's body
 * may still refuse the message ({@link NeverDeliverableException})</td></tr>
 * <tr><td></td><td>2xx without what the channel's {@code response.accepted} looks for</td>
 * <td>temporary</td><td>something else than the provider responded</td></tr>
 * <tr><td></td><td>a body in which {@code response.temporary} is found</td><td>temporary</td>
 * <td>the provider says so, and its status does not</td></tr>
 * <tr><td></td><td>a status in the channel's {@code gone-on} (webhook: 410)</td><td>gone</td>
 * <td>it wants nothing more, ever</td></tr>
 * <tr><td></td><td>a status in the channel's {@code refused-on} (SMS: 400, 413, 422)</td>
 * <td>permanent</td><td>the provider has read the message, and refuses it</td></tr>
 * <tr><td></td><td>all others</td><td>temporary</td><td>a deploy, a proxy, an account or a wrong
 * setting answers 3xx, 401, 404 or 500 alike, and somebody fixes it</td></tr>
 * <tr><td>mail server</td><td>4yz</td><td>temporary</td><td>RFC 5321</td></tr>
 * <tr><td></td><td>5yz x.1.z</td><td>permanent</td><td>no such mailbox or domain, unless it is the
 * sender's (x.1.7, x.1.8, any answer to MAIL)</td></tr>
 * <tr><td></td><td>5yz x.2.z to x.7.z</td><td>temporary</td><td>mailbox full, system, network,
 * protocol, policy: people fix them (RFC 3463)</td></tr>
 * <tr><td></td><td>550, 551, 553, 501 to RCPT, 556</td><td>permanent</td><td>without an enhanced code
 * they say that there is no such address</td></tr>
 * <tr><td></td><td>530, 534, 535, 538, x.7.8</td><td>temporary</td><td>our log-in: the operator fixes
 * it</td></tr>
 * <tr><td></td><td>other 5yz</td><td>temporary</td><td>greeting, EHLO, relaying, size, policy</td></tr>
 * <tr><td>this instance</td><td>outbound rules, secrets key</td><td>temporary, without an end</td>
 * <td>another instance may be set up otherwise, and the operator fixes it</td></tr>
 * <tr><td>token endpoint</td><td>no access token</td><td>temporary, without an end</td><td>it says
 * nothing of the receiver</td></tr>
 * <tr><td>anyone</td><td>no connection, no handshake</td><td>temporary</td><td>nothing has left</td></tr>
 * <tr><td></td><td>none after the request or the end of the mail</td><td>unknown</td><td>it may have
 * arrived</td></tr>
 * </table>
 *
 * <table>
 * <caption>What follows</caption>
 * <tr><th>means</th><th>the delivery</th></tr>
 * <tr><td>accepted</td><td>is sent or delivered, as the channel's {@code accepted-as} says</td></tr>
 * <tr><td>temporary</td><td>is tried again: at once by another provider, and once more where no
 * connection came about; then on the channel's schedule, or when {@code Retry-After} says, or what
 * {@code response.retry-after} finds in the body</td></tr>
 * <tr><td>permanent</td><td>has failed</td></tr>
 * <tr><td>gone</td><td>is held with all others of its webhook subscription, which is disabled; on
 * another channel, and as a test, it has failed</td></tr>
 * <tr><td>unknown</td><td>is tried again where the channel's {@code resend-when-unknown} says so,
 * and is unknown otherwise</td></tr>
 * </table>
 */
@Component
public class RetryPolicy {

  private final Channels channels;
  private final Reasons reasons;
  private final Backoff backoff;
  private final Clock clock;
  private final RandomGenerator random = RandomGenerator.getDefault();

  RetryPolicy(Channels channels, Reasons reasons, Backoff backoff, Clock clock) {
    this.channels = channels;
    this.reasons = reasons;
    this.backoff = backoff;
    this.clock = clock;
  }

  /**
   * Does nothing where the remote server has accepted a request of this channel.
   *
   * @param answer the body of the response as text
   * @param retryAfter the header of that name, or null
   * @param location the header of that name, or null
   * @throws UnsuccessfulResponseException otherwise, with what the server said and what it means
   */
  void require2xx(String channel, int status, String retryAfter, String location, String answer)
      throws UnsuccessfulResponseException {
    var format = channels.of(channel).response();
    var isSuccess = status / 100 == 2;
    if (isSuccess && format.accepts(answer)) {
      return;
    }
    throw new UnsuccessfulResponseException(
        status,
        isSuccess || format.isTemporary(answer) ? TEMPORARY : ofStatus(channel, status),
        answer,
        location,
        Backoff.parseRetryAfter(retryAfter, clock.instant())
            .or(
                () ->
                    format
                        .retryAfter(answer)
                        .flatMap(wait -> Backoff.parseRetryAfter(wait, clock.instant())))
            .orElse(null));
  }

  /** The provider's own reference in a response to a request of this channel that it accepted. */
  Optional<String> reference(String channel, String answer) {
    return channels.of(channel).response().reference(answer);
  }

  /** Whether a request of this channel may be made again although it may have arrived. */
  boolean mayArriveTwice(String channel) {
    return channels.of(channel).resendWhenUnknown();
  }

  private FailureKind ofStatus(String channel, int status) {
    var settings = channels.of(channel);
    if (settings.goneOn().contains(status)) {
      return GONE;
    }
    return settings.refusedOn().contains(status) ? PERMANENT : TEMPORARY;
  }

  /** The provider has accepted the delivery, under its own reference if it gave one. */
  public Outcome accepted(Delivery delivery, String providerRef) {
    var state = channels.of(delivery.channel()).acceptedAs();
    return Outcome.accepted(state, now(), providerRef);
  }

  /** The attempt failed: what the delivery becomes. */
  public Outcome failed(Delivery delivery, Throwable failure) {
    var now = now();
    var reason = reasons.of(failure);
    return switch (kind(failure)) {
      case PERMANENT -> Outcome.failed(now, reason);
      case GONE -> Outcome.gone(now, reason);
      case TEMPORARY -> later(delivery, failure, now, reason);
      case UNKNOWN -> unknown(delivery, failure, now, reason);
    };
  }

  private Outcome unknown(Delivery delivery, Throwable failure, OffsetDateTime now, String reason) {
    var settings = channels.of(delivery.channel());
    return settings.resendWhenUnknown()
        ? later(delivery, failure, now, reason)
        : Outcome.unknown(now, reason, now.plus(settings.receiptWait()));
  }

  private Outcome later(Delivery delivery, Throwable failure, OffsetDateTime now, String reason) {
    return wait(delivery, failure)
        .map(wait -> Outcome.later(now.plus(wait), reason))
        .orElseGet(() -> Outcome.failed(now, reason));
  }

  private Optional<Duration> wait(Delivery delivery, Throwable failure) {
    if (delivery.attemptLimit() > 0 && delivery.round() >= delivery.attemptLimit()) {
      return Optional.empty();
    }
    var settings = channels.of(delivery.channel());
    var triedEach = delivery.round() - settings.providers().size();
    if (triedEach < 0) {
      // Another provider may work where this one does not: that is not worth a wait.
      return Optional.of(Duration.ZERO);
    }
    var failed = triedEach + 1;
    if (Causes.of(failure).anyMatch(RetryPolicy::isAboutSettings)) {
      // An operator's setting delays a delivery and never ends it: the last step comes again.
      failed = Math.min(failed, Math.max(1, settings.schedule().size()));
    }
    var retryAfter =
        Causes.of(failure, UnsuccessfulResponseException.class)
            .flatMap(UnsuccessfulResponseException::retryAfter);
    return backoff.next(settings.schedule(), failed, retryAfter, random);
  }

  /**
   * Whether to try once more at once: no connection came about, so that nothing is sent twice, and
   * the attempt has not already waited for one. Never throws: {@code errors.yaml} asks it.
   */
  public boolean isWorthAnImmediateRetry(Throwable failure) {
    return decisive(failure)
        .filter(RetryPolicy::neverConnected)
        .filter(cause -> !(cause instanceof InterruptedIOException))
        .isPresent();
  }

  /** Whether the failure came before a connection stood. */
  static boolean hasNeverConnected(Throwable failure) {
    return decisive(failure).filter(RetryPolicy::neverConnected).isPresent();
  }

  private static boolean neverConnected(Throwable cause) {
    return RequestProgress.of(cause).filter(NEVER_CONNECTED::equals).isPresent();
  }

  /** What a failure means, by the outermost of its causes that says something. */
  public static FailureKind kind(Throwable failure) {
    return decisive(failure).flatMap(RetryPolicy::kindOf).orElse(TEMPORARY);
  }

  private static Optional<Throwable> decisive(Throwable failure) {
    return Causes.of(failure).filter(cause -> kindOf(cause).isPresent()).findFirst();
  }

  private static Optional<FailureKind> kindOf(Throwable cause) {
    if (cause instanceof UnsuccessfulResponseException answered) {
      return Optional.of(answered.kind());
    }
    if (cause instanceof AttemptFailedException failed) {
      return Optional.of(failed.kind());
    }
    if (cause instanceof NeverDeliverableException || cause instanceof AddressException) {
      return Optional.of(PERMANENT);
    }
    // Wrong credentials are ours to fix; the mail can go out afterwards.
    if (isAboutSettings(cause) || cause instanceof AuthenticationFailedException) {
      return Optional.of(TEMPORARY);
    }
    return RequestProgress.of(cause)
        .map(progress -> progress == MAY_HAVE_LEFT ? UNKNOWN : TEMPORARY)
        .or(() -> SmtpReply.of(cause).map(RetryPolicy::ofMailServer));
  }

  /** Judges the answer of a mail server, or that there was none. */
  private static FailureKind ofMailServer(SmtpReply reply) {
    if (reply.leavesOpenWhetherItArrived()) {
      return UNKNOWN;
    }
    return reply.knowsNoSuchAddress() ? PERMANENT : TEMPORARY;
  }

  private static boolean isAboutSettings(Throwable cause) {
    return cause instanceof RefusedBySettingsException || cause instanceof UnknownKeyException;
  }

  private OffsetDateTime now() {
    return OffsetDateTime.now(clock.withZone(ZoneOffset.UTC));
  }
}
