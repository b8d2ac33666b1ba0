package com.callback.messaging.delivery.channel.email;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.callback.messaging.delivery.outbound.DomainName;
import com.fasterxml.jackson.databind.JsonNode;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeUtility;
import java.io.UnsupportedEncodingException;
import java.util.ArrayList;
import java.util.UUID;
import java.util.regex.Pattern;
import org.springframework.stereotype.Component;

/**
 * Makes mail header values of what strangers typed.
 *
 * <p>A line break in a header starts the next header, and with it a recipient or a text of the
 * sender's choice; so none ever gets through.
 */
@Component
public class MailHeaders {

  /** Most code points of a display name; more is not shown anywhere and only hides the address. */
  static final int LONGEST_NAME = 70;

  /** Most code points of a subject. */
  static final int LONGEST_SUBJECT = 200;

  /** RFC 5321: 256 octets of path, less its angle brackets. */
  private static final int LONGEST_ADDRESS = 254;

  private static final Pattern BLANKS = Pattern.compile("[\\p{Cc}\\p{Z}]+");

  /** Marks that turn the reading direction around, and can make one address look like another. */
  private static final Pattern DIRECTION = Pattern.compile("[\\u202A-\\u202E\\u2066-\\u2069]");

  private static final Pattern LONE_SURROGATE = Pattern.compile("\\p{Cs}");
  private static final Pattern DOMAIN =
      Pattern.compile(
          "[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?(?:\\.[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?)*"
              + "|\\[[A-Za-z0-9.:]+]");

  MailHeaders() {}

  /**
   * Returns name and address for {@code From}, {@code To} or {@code Reply-To}; the mail library
   * quotes and encodes the name where that is needed.
   *
   * @param name any text or null; cut after 70 code points, and left out if nothing visible is left
   * @throws IllegalArgumentException with a sentence that does not repeat the address
   */
  public InternetAddress address(String name, String email) {
    var clean = cleanName(name);
    try {
      return new InternetAddress(mailbox(email), clean.isEmpty() ? null : clean, "UTF-8");
    } catch (UnsupportedEncodingException e) {
      throw new IllegalStateException("UTF-8 is missing from this Java runtime", e);
    }
  }

  /**
   * Reads an address back that was stored as text.
   *
   * @param stored what {@link InternetAddress#toString()} of {@link #address} gave, or null
   */
  InternetAddress parsed(String stored) {
    if (stored == null) {
      return null;
    }
    try {
      var address = new InternetAddress(stored, false);
      return address(address.getPersonal(), address.getAddress());
    } catch (AddressException e) {
      throw new IllegalArgumentException("The address that was stored is none any more.", e);
    }
  }

  /**
   * Returns the address alone, in ASCII.
   *
   * @throws IllegalArgumentException with a sentence that does not repeat the address
   */
  public String mailbox(String email) {
    if (email == null || email.isBlank()) {
      throw new IllegalArgumentException("An e-mail address is needed, such as ada@example.com.");
    }
    if (email.codePoints().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException(
          "The e-mail address must be one line without control characters.");
    }
    var ascii = withAsciiDomain(email.strip());
    if (!isAscii(ascii)) {
      throw new IllegalArgumentException(
          "The part of the e-mail address before the @ must be ASCII: not every mail server carries"
              + " other letters.");
    }
    if (ascii.length() > LONGEST_ADDRESS || !isOneAddress(ascii)) {
      throw new IllegalArgumentException(
          "The e-mail address must be a single address such as ada@example.com.");
    }
    return ascii;
  }

  private static String withAsciiDomain(String email) {
    var at = email.lastIndexOf('@') + 1;
    var domain = email.substring(at);
    if (domain.startsWith("[")) {
      return email;
    }
    return email.substring(0, at)
        + DomainName.ascii(domain)
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "The e-mail address must have a valid domain after the @."));
  }

  private static boolean isOneAddress(String email) {
    try {
      var parsed = new InternetAddress(email, true);
      return email.equals(parsed.getAddress()) && !parsed.isGroup();
    } catch (AddressException e) {
      return false;
    }
  }

  /**
   * Returns the text as one line, not yet encoded: the mail library does that for subjects.
   *
   * @param text any text or null; cut after 200 code points
   */
  public String subject(String text) {
    return clean(text, LONGEST_SUBJECT);
  }

  /** Whether {@link #subject} leaves all of the text. */
  boolean fitsSubject(String text) {
    var whole = clean(text, Integer.MAX_VALUE);
    return whole.codePointCount(0, whole.length()) <= LONGEST_SUBJECT;
  }

  /**
   * Returns the {@code Message-ID}, the same for every attempt of a delivery.
   *
   * @param domain ASCII host name of ours, such as {@code mail.example.com}
   */
  public String messageId(UUID deliveryId, String domain) {
    if (domain == null || !DOMAIN.matcher(domain).matches()) {
      throw new IllegalArgumentException(
          "The domain of the Message-ID must be a host name such as mail.example.com.");
    }
    return "<" + deliveryId + "@" + domain + ">";
  }

  /**
   * Returns the value of {@code References}, folded; null where there is none.
   *
   * @param messageIds those of the mails before, the first one first
   */
  public String references(Iterable<JsonNode> messageIds) {
    var ids = new ArrayList<String>();
    messageIds.forEach(id -> ids.add(id.asText()));
    return ids.isEmpty() ? null : MimeUtility.fold("References: ".length(), String.join(" ", ids));
  }

  /** The name that a reader of {@link #address} sees. */
  static String cleanName(String name) {
    return clean(name, LONGEST_NAME);
  }

  private static String clean(String text, int longest) {
    if (text == null) {
      return "";
    }
    var visible = LONE_SURROGATE.matcher(text).replaceAll("\uFFFD");
    visible = DIRECTION.matcher(visible).replaceAll("");
    visible = BLANKS.matcher(visible).replaceAll(" ").strip();
    // Some readers decode an encoded word wherever it stands, and would meet line breaks inside.
    visible = visible.replace("=?", "= ?");
    return visible.codePointCount(0, visible.length()) <= longest
        ? visible
        : visible.substring(0, visible.offsetByCodePoints(0, longest)).strip();
  }

  private static boolean isAscii(String text) {
    return US_ASCII.newEncoder().canEncode(text);
  }
}
