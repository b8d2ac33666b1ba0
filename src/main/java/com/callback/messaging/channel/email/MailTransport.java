package com.callback.messaging.channel.email;

import java.util.List;
import java.util.Properties;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * What the SMTP transport must know beyond its address: when to give up, and to encrypt where that
 * is offered.
 */
@Configuration(proxyBeanMethods = false)
class MailTransport {

  @Bean
  Properties mailProperties(@Value("${channels.email.timeout-ms}") String timeoutMs) {
    var properties = new Properties();
    for (var scheme : List.of("smtp", "smtps")) {
      for (var limit : List.of("connectiontimeout", "timeout", "writetimeout")) {
        properties.setProperty("mail." + scheme + "." + limit, timeoutMs);
      }
    }
    properties.setProperty("mail.smtp.starttls.enable", "true");
    return properties;
  }
}
