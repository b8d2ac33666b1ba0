package com.callback.messaging.delivery.channel.email.domain;

import java.util.List;
import java.util.regex.Pattern;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** Checks whether mails to the reply addresses arrive where the service reads them. */
@Component
class ReplyDomain {

  static final String CHECK = "reply-mx";

  private static final Pattern PARSE_HOST =
      Pattern.compile("(?i)\\d+ +mx(\\.[a-z0-9]+)?\\.sendgrid\\.net\\.?");

  private final DnsRecords dns;
  private final String name;
  private final boolean isParsed;
  private final boolean hasMailbox;

  /**
   * @param address {@code reply@reply.example.com}; empty where mails name no reply addresses
   * @param parseSecret that of Inbound Parse; empty where SendGrid posts no mails
   * @param mailbox the host of the mailbox that is read; empty for none
   */
  ReplyDomain(
      DnsRecords dns,
      @Value("${channels.email.inbound.address}") String address,
      @Value("${channels.email.inbound.parse-secret}") String parseSecret,
      @Value("${channels.email.inbound.imap.host}") String mailbox) {
    this.dns = dns;
    this.name = address.strip().substring(address.strip().lastIndexOf('@') + 1);
    this.isParsed = !parseSecret.isBlank();
    this.hasMailbox = !mailbox.isBlank();
  }

  /** Whether there is a domain to look up. */
  boolean isOn() {
    return name.contains(".") && !name.startsWith("[");
  }

  /** The domain of the reply addresses. */
  String name() {
    return name;
  }

  /** Its MX records. */
  DomainCheck check() {
    if (!isParsed && !hasMailbox) {
      return DomainCheck.wrong(
          CHECK,
          name,
          List.of(),
          "Mails name reply addresses of %s, but nothing reads what is sent there: set CHANNELS_EMAIL_INBOUND_PARSE_SECRET or CHANNELS_EMAIL_INBOUND_IMAP_HOST."
              .formatted(name));
    }
    var records = dns.find(name, "MX");
    if (records.isEmpty()) {
      return DomainCheck.missing(
          CHECK,
          name,
          "Add an MX record for %s, or replies are lost: %s."
              .formatted(
                  name,
                  hasMailbox
                      ? "the one that the provider of the mailbox gives"
                      : "mx.sendgrid.net with priority 10"));
    }
    var isAtParse = records.stream().allMatch(each -> PARSE_HOST.matcher(each).matches());
    if (!hasMailbox && !isAtParse) {
      return DomainCheck.wrong(
          CHECK,
          name,
          records,
          "Inbound Parse reads what arrives at mx.sendgrid.net, and mail for %s may arrive elsewhere: let its MX record name that host alone."
              .formatted(name));
    }
    if (!isParsed && isAtParse) {
      return DomainCheck.wrong(
          CHECK,
          name,
          records,
          "Mail for %s arrives at SendGrid, but the service reads a mailbox: let the MX record name the server of the mailbox, or set CHANNELS_EMAIL_INBOUND_PARSE_SECRET."
              .formatted(name));
    }
    return DomainCheck.found(CHECK, name, records);
  }
}
