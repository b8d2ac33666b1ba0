package com.callback.messaging.delivery.channel.email;

import com.callback.messaging.platform.http.AddressRange;
import com.callback.messaging.platform.startup.StartFailure;
import java.net.URI;
import java.util.UUID;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** Who this service is to mail servers and mail programs. */
@Component
public class MailIdentity {

  private static final String NAME =
      "(?i)[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)*|\\[[a-z0-9.:]+]";

  private final MailHeaders headers;
  private final String sender;
  private final String messageIdDomain;
  private final String ehloName;

  MailIdentity(
      MailHeaders headers,
      @Value("${channels.email.from}") String from,
      @Value("${channels.email.message-id-domain}") String messageIdDomain,
      @Value("${channels.email.ehlo-name}") String ehloName,
      @Value("${messaging.public-url}") String publicUrl) {
    this.headers = headers;
    this.sender = usable(headers, from);
    this.messageIdDomain =
        messageIdDomain.isBlank()
            ? sender.substring(sender.lastIndexOf('@') + 1)
            : name("channels.email.message-id-domain", messageIdDomain);
    this.ehloName =
        ehloName.isBlank() ? hostOf(publicUrl) : name("channels.email.ehlo-name", ehloName);
  }

  /** The address that all mails come from. */
  public String sender() {
    return sender;
  }

  /** The {@code Message-ID}, the same for every attempt of a delivery. */
  public String messageId(UUID deliveryId) {
    return headers.messageId(deliveryId, messageIdDomain);
  }

  /** The name given to mail servers with {@code EHLO}. */
  String ehloName() {
    return ehloName;
  }

  private static String usable(MailHeaders headers, String from) {
    try {
      return headers.mailbox(from);
    } catch (IllegalArgumentException e) {
      throw new StartFailure(
          "channels.email.from is not an e-mail address: set CHANNELS_EMAIL_FROM to one of your domain's.");
    }
  }

  private static String name(String setting, String given) {
    var name = given.strip();
    if (!name.matches(NAME)) {
      throw new StartFailure(
          "%s is not a host name: set %s to one such as mail.example.com."
              .formatted(
                  setting, setting.toUpperCase(java.util.Locale.ROOT).replaceAll("[.-]", "_")));
    }
    return name;
  }

  /** RFC 5321, section 4.1.3: an address of a machine stands in brackets. */
  private static String hostOf(String publicUrl) {
    try {
      var host = URI.create(publicUrl.strip()).getHost();
      if (host == null) {
        return "localhost";
      }
      if (host.startsWith("[")) {
        return "[IPv6:" + host.substring(1);
      }
      return AddressRange.literal(host).isPresent() ? "[" + host + "]" : host;
    } catch (IllegalArgumentException e) {
      return "localhost";
    }
  }
}
