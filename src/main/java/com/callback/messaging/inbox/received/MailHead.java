package com.callback.messaging.inbox.received;

import jakarta.mail.MessagingException;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.InternetHeaders;
import jakarta.mail.internet.MimeUtility;
import java.io.ByteArrayInputStream;
import java.io.UnsupportedEncodingException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The header of a received mail, of which nothing is believed that it could not have typed. */
final class MailHead {

  /** Printable ASCII in angle brackets: it is written into the header of the next answer. */
  private static final Pattern MESSAGE_ID = Pattern.compile("<[!-;=?-~]{3,250}>");

  /** One address and nothing else; RFC 5321 allows 254 characters. */
  private static final Pattern MAILBOX =
      Pattern.compile("[^\\s\\p{C}<>]{1,200}@[^\\s\\p{C}<>@]{1,254}");

  /** Of a long thread the last ones are enough. */
  private static final int MOST_IDS = 30;

  private static final int MOST_ADDRESSES = 100;

  private final InternetHeaders headers;

  private MailHead(InternetHeaders headers) {
    this.headers = headers;
  }

  /** The lines of a mail up to its first empty one. */
  static MailHead of(byte[] mail) throws MessagingException {
    return new MailHead(new InternetHeaders(new ByteArrayInputStream(mail), true));
  }

  /** The first header of a name, decoded and on one line; null without one. */
  String first(String name) {
    return all(name).findFirst().map(MailHead::decoded).orElse(null);
  }

  /** Whether there is a header of one of these names. */
  boolean has(String... names) {
    return Stream.of(names).anyMatch(name -> headers.getHeader(name) != null);
  }

  /** The headers of a name as they are, unfolded. */
  Stream<String> all(String name) {
    var values = headers.getHeader(name);
    return values == null ? Stream.empty() : Stream.of(values).map(MimeUtility::unfold);
  }

  /** The name that its sender has given it; null where it has none. */
  String messageId() {
    return all("Message-ID").flatMap(MailHead::ids).findFirst().orElse(null);
  }

  /** The mails it answers, the nearest first: that of In-Reply-To, then those of References. */
  List<String> answers() {
    var references = new ArrayList<>(all("References").flatMap(MailHead::ids).toList());
    Collections.reverse(references);
    return Stream.concat(all("In-Reply-To").flatMap(MailHead::ids), references.stream())
        .distinct()
        .limit(MOST_IDS)
        .toList();
  }

  /** The address of its author in lower case; null without one. */
  String sender() {
    return addresses("From").findFirst().orElse(null);
  }

  /** All addresses that it may have reached us by. */
  Stream<String> recipients() {
    return Stream.of("Delivered-To", "X-Original-To", "To", "Cc").flatMap(this::addresses);
  }

  private Stream<String> addresses(String name) {
    return all(name).flatMap(MailHead::parsed).limit(MOST_ADDRESSES);
  }

  /** The addresses of a text, in lower case. */
  static Stream<String> parsed(String text) {
    try {
      return Stream.of(InternetAddress.parseHeader(text, false))
          .map(InternetAddress::getAddress)
          .filter(address -> address != null && MAILBOX.matcher(address).matches())
          .map(address -> address.toLowerCase(Locale.ROOT));
    } catch (AddressException e) {
      return Stream.empty();
    }
  }

  private static Stream<String> ids(String value) {
    return MESSAGE_ID.matcher(value).results().map(MatchResult::group);
  }

  private static String decoded(String value) {
    try {
      return MimeUtility.decodeText(value);
    } catch (UnsupportedEncodingException e) {
      return value;
    }
  }
}
