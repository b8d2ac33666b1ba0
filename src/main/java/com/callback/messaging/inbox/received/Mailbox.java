package com.callback.messaging.inbox.received;

import com.callback.messaging.platform.startup.OperatingMode;
import java.util.List;
import java.util.Properties;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * What the IMAP client must know beyond the address: when to give up, to encrypt, whom to trust.
 */
@Configuration(proxyBeanMethods = false)
class Mailbox {

  @Bean
  Properties imapProperties(
      @Value("${channels.email.timeout-ms}") String timeoutMs,
      @Value("${channels.email.trusted-hosts}") List<String> trustedHosts,
      @Value("${channels.email.require-tls:}") String requireTls,
      OperatingMode mode) {
    var properties = new Properties();
    for (var scheme : List.of("mail.imap.", "mail.imaps.")) {
      for (var limit : List.of("connectiontimeout", "timeout", "writetimeout")) {
        properties.setProperty(scheme + limit, timeoutMs);
      }
      if (!trustedHosts.isEmpty()) {
        properties.setProperty(scheme + "ssl.trust", String.join(" ", trustedHosts));
      }
    }
    properties.setProperty("mail.imap.starttls.enable", "true");
    properties.setProperty(
        "mail.imap.starttls.required",
        requireTls.isBlank()
            ? Boolean.toString(mode == OperatingMode.PRODUCTION)
            : requireTls.strip());
    return properties;
  }
}
