package com.callback.messaging.delivery.channel.email;

import com.callback.messaging.platform.startup.OperatingMode;
import com.callback.messaging.platform.startup.StartFailure;
import java.util.List;
import java.util.Properties;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/**
 * What the SMTP transport must know beyond its address: when to give up, on an answer and on the
 * whole mail, to encrypt (always in production, and where that is offered elsewhere), whose
 * certificates to trust, which name to greet with, and where undeliverable mails return.
 */
@Configuration(proxyBeanMethods = false)
class MailTransport {

  /** Half of what leases are renewed for. */
  private static final long LONGEST_MS = 300_000;

  @Bean
  Properties mailProperties(
      MailIdentity identity,
      @Value("${channels.email.timeout-ms}") String timeoutMs,
      @Value("${channels.email.deadline-ms}") long deadlineMs,
      @Value("${channels.email.trusted-hosts}") List<String> trustedHosts,
      @Value("${channels.email.trusted-certificates}") String trustedCertificates,
      @Value("${channels.email.require-tls:}") String requireTls,
      @Value("${channels.email.envelope-from}") String envelopeFrom,
      OperatingMode mode) {
    if (deadlineMs < 1 || deadlineMs > LONGEST_MS) {
      throw new IllegalArgumentException(
          "channels.email.deadline-ms must be 1 to "
              + LONGEST_MS
              + ": no lease is kept for longer");
    }
    var sockets = new PatientSockets(deadlineMs);
    var encrypted =
        trustedCertificates.isBlank()
            ? null
            : new PatientSslSockets(OwnAuthorities.sockets(trustedCertificates.strip()), sockets);
    var properties = new Properties();
    for (var scheme : List.of("mail.smtp.", "mail.smtps.")) {
      for (var limit : List.of("connectiontimeout", "timeout", "writetimeout")) {
        properties.setProperty(scheme + limit, timeoutMs);
      }
      properties.setProperty(scheme + "localhost", identity.ehloName());
      if (!envelopeFrom.isBlank()) {
        properties.setProperty(scheme + "from", mailbox(envelopeFrom));
      }
      if (!trustedHosts.isEmpty()) {
        properties.setProperty(scheme + "ssl.trust", String.join(" ", trustedHosts));
      }
      properties.put(scheme + "socketFactory", sockets);
      properties.setProperty(scheme + "socketFactory.fallback", "false");
      if (encrypted != null) {
        properties.put(scheme + "ssl.socketFactory", encrypted);
        properties.setProperty(scheme + "ssl.socketFactory.fallback", "false");
      }
    }
    properties.setProperty("mail.smtp.starttls.enable", "true");
    // Whoever sits between would only have to leave the offer out to read passwords and leads.
    properties.setProperty(
        "mail.smtp.starttls.required",
        requireTls.isBlank()
            ? Boolean.toString(mode == OperatingMode.PRODUCTION)
            : requireTls.strip());
    return properties;
  }

  @Bean
  PooledMailSender smtpSender(Environment environment, Properties mailProperties) {
    return sender(environment, "spring.mail.", "channels.email.scheme", mailProperties);
  }

  @Bean
  PooledMailSender smtpStandbySender(Environment environment, Properties mailProperties) {
    return sender(
        environment, "channels.email.standby.", "channels.email.standby.scheme", mailProperties);
  }

  private static PooledMailSender sender(
      Environment environment, String prefix, String scheme, Properties mailProperties) {
    var host = environment.getProperty(prefix + "host", "");
    return new PooledMailSender(
        new MailConnection.Server(
            environment.getRequiredProperty(scheme),
            host,
            // Where there is no server, nobody has looked at its port.
            host.isBlank() ? 0 : environment.getRequiredProperty(prefix + "port", Integer.class),
            environment.getProperty(prefix + "username", ""),
            environment.getProperty(prefix + "password", "")),
        mailProperties);
  }

  private static String mailbox(String envelopeFrom) {
    try {
      return new MailHeaders().mailbox(envelopeFrom);
    } catch (IllegalArgumentException e) {
      throw new StartFailure(
          "channels.email.envelope-from is not an e-mail address: set CHANNELS_EMAIL_ENVELOPE_FROM to one of your domain's.");
    }
  }
}
