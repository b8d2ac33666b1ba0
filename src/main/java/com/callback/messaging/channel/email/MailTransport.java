package com.callback.messaging.channel.email;

import com.callback.messaging.embedded.OperatingMode;
import java.util.List;
import java.util.Properties;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * What the SMTP transport must know beyond its address: when to give up, and to encrypt: always in
 * production, and where that is offered elsewhere.
 */
@Configuration(proxyBeanMethods = false)
class MailTransport {

  @Bean
  Properties mailProperties(
      @Value("${channels.email.timeout-ms}") String timeoutMs,
      @Value("${channels.email.require-tls:}") String requireTls,
      OperatingMode mode) {
    var properties = new Properties();
    for (var scheme : List.of("smtp", "smtps")) {
      for (var limit : List.of("connectiontimeout", "timeout", "writetimeout")) {
        properties.setProperty("mail." + scheme + "." + limit, timeoutMs);
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
}
