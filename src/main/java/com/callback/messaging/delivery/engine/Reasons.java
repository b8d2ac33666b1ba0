package com.callback.messaging.delivery.engine;

import com.callback.messaging.platform.secrets.UnknownKeyException;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.MessagingException;
import java.net.UnknownHostException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.util.Optional;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.springframework.stereotype.Component;

/** Tells why an attempt failed: for the owner to read, and what the far end said. */
@Component
public class Reasons {

  private static final String CERTIFICATE =
      "The certificate of the remote server is not trusted: it is self-signed, expired, for another name, or of an unknown authority";
  private static final String MAIL_CERTIFICATE =
      "The certificate of the mail server is not trusted: install one of a known authority for its name, or name the certificate of your own authority in CHANNELS_EMAIL_TRUSTED_CERTIFICATES";

  private static final String UNENCRYPTED =
      "The mail server offers no encryption: set CHANNELS_EMAIL_SCHEME=smtps, or CHANNELS_EMAIL_REQUIRE_TLS=false for a server in your own network";

  Reasons() {}

  /** Why it failed, and what mends it, in a sentence, without what the lead wrote. */
  public String of(Throwable failure) {
    return Causes.of(failure)
        .flatMap(cause -> sentence(cause).stream())
        .findFirst()
        .orElseGet(() -> general(failure));
  }

  /** The same for the log, without what the far end wrote. */
  public String brief(Throwable failure) {
    return answered(failure).map(Throwable::getMessage).orElseGet(() -> of(failure));
  }

  /** The far end's status, where it answered: HTTP's, or the three digits of SMTP. */
  public Optional<Integer> status(Throwable failure) {
    return answered(failure)
        .map(UnsuccessfulResponseException::status)
        .or(() -> smtp(failure).map(SmtpReply::code).filter(code -> code > 0));
  }

  /** What the far end said. */
  public Optional<String> answer(Throwable failure) {
    return answered(failure)
        .flatMap(UnsuccessfulResponseException::answer)
        .or(() -> smtp(failure).filter(reply -> reply.code() > 0).map(SmtpReply::text));
  }

  private static Optional<String> sentence(Throwable cause) {
    if (cause instanceof UnsuccessfulResponseException answered) {
      return Optional.of(HttpRemedies.sentence(answered));
    }
    if (cause instanceof NeverDeliverableException
        || cause instanceof AttemptFailedException
        || cause instanceof RefusedBySettingsException
        || cause instanceof UnknownKeyException) {
      return Optional.of(cause.getMessage());
    }
    if (cause instanceof UnknownHostException) {
      return Optional.of("Unknown host");
    }
    if (cause instanceof AuthenticationFailedException) {
      return Optional.of("The mail server answered: " + SmtpRemedies.LOG_IN);
    }
    if (cause instanceof MessagingException && saysThatNothingIsEncrypted(cause)) {
      return Optional.of(UNENCRYPTED);
    }
    return SmtpReply.of(cause).filter(reply -> reply.code() > 0).map(SmtpRemedies::sentence);
  }

  private static String general(Throwable failure) {
    if (RetryPolicy.hasNeverConnected(failure)) {
      return "No connection could be made";
    }
    if (is(failure, CertificateException.class)
        || is(failure, CertPathValidatorException.class)
        || is(failure, SSLPeerUnverifiedException.class)) {
      return is(failure, MessagingException.class) ? MAIL_CERTIFICATE : CERTIFICATE;
    }
    if (is(failure, SSLHandshakeException.class)) {
      return "The remote server and this service could not agree on an encrypted connection (TLS)";
    }
    return RetryPolicy.kind(failure) == FailureKind.UNKNOWN
        ? "No response was received, so it may have arrived"
        : "Internal error (" + innermost(failure).getClass().getSimpleName() + ")";
  }

  /** The mail library has no type of its own for it. */
  private static boolean saysThatNothingIsEncrypted(Throwable cause) {
    return String.valueOf(cause.getMessage()).startsWith("STARTTLS is required");
  }

  private static boolean is(Throwable failure, Class<? extends Throwable> type) {
    return Causes.of(failure).anyMatch(type::isInstance);
  }

  /** Wrappers say nothing. */
  private static Throwable innermost(Throwable failure) {
    return Causes.of(failure).reduce(failure, (outer, inner) -> inner);
  }

  private static Optional<UnsuccessfulResponseException> answered(Throwable failure) {
    return Causes.of(failure, UnsuccessfulResponseException.class);
  }

  private static Optional<SmtpReply> smtp(Throwable failure) {
    return Causes.of(failure).flatMap(cause -> SmtpReply.of(cause).stream()).findFirst();
  }
}
