package com.callback.messaging.delivery.channel.email;

import com.callback.messaging.platform.secrets.Seal;
import com.callback.messaging.platform.startup.StartFailure;
import jakarta.mail.internet.InternetAddress;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * The address of a conversation: {@code reply+<token>@reply.example.com}. The token is the id of
 * the lead with a tag that only this service can make, so that an answer finds its lead even where
 * a mail program drops {@code References}, and nobody can write into another conversation.
 *
 * <p>It is written in base 36: mail servers may change the case of an address.
 */
@Component
public class ReplyAddresses {

  private static final String PURPOSE = "reply address";

  /** 80 bits: a guess takes a mail each. */
  private static final int TAG_BYTES = 10;

  private static final int ID_BYTES = 16;
  private static final int BASE = 36;

  /** What 26 bytes take in base 36. */
  private static final int LENGTH = 41;

  /** RFC 5321: 64 octets before the @, less the token and its plus. */
  private static final int LONGEST_NAME = 64 - LENGTH - 1;

  private final MailHeaders headers;
  private final Seal seal;
  private final String name;
  private final String domain;
  private final Pattern signed;

  ReplyAddresses(
      MailHeaders headers, Seal seal, @Value("${channels.email.inbound.address}") String address) {
    this.headers = headers;
    this.seal = seal;
    var mailbox = address.isBlank() ? "" : usable(headers, address);
    var at = mailbox.lastIndexOf('@');
    this.name = at < 0 ? "" : mailbox.substring(0, at);
    this.domain = mailbox.substring(at + 1);
    this.signed =
        Pattern.compile(
            "(?i)%s\\+([0-9a-z]{%d})@%s"
                .formatted(Pattern.quote(name), LENGTH, Pattern.quote(domain)));
  }

  private static String usable(MailHeaders headers, String address) {
    try {
      var mailbox = headers.mailbox(address);
      if (mailbox.lastIndexOf('@') <= LONGEST_NAME && mailbox.indexOf('+') < 0) {
        return mailbox;
      }
    } catch (IllegalArgumentException e) {
      // Said below.
    }
    throw new StartFailure(
        "channels.email.inbound.address cannot be used: set CHANNELS_EMAIL_INBOUND_ADDRESS to an address such as reply@reply.example.com, with at most %d characters before the @ and no plus among them."
            .formatted(LONGEST_NAME));
  }

  /** Whether an address for received mails is configured. */
  public boolean isOn() {
    return !domain.isEmpty();
  }

  /** The address of the conversation with a lead; null where none is configured. */
  InternetAddress of(UUID lead) {
    return isOn() ? headers.address(null, name + "+" + token(lead) + "@" + domain) : null;
  }

  /** Whether it is an address of ours with a token, whoever made that. */
  public boolean hasToken(String address) {
    return isOn() && signed.matcher(address).matches();
  }

  /** The lead whose conversation has this address; empty where the tag is not ours. */
  public Optional<UUID> lead(String address) {
    var found = signed.matcher(address);
    return isOn() && found.matches() ? read(found.group(1)) : Optional.empty();
  }

  private String token(UUID lead) {
    var bytes =
        ByteBuffer.allocate(ID_BYTES + TAG_BYTES)
            .putLong(lead.getMostSignificantBits())
            .putLong(lead.getLeastSignificantBits())
            .put(seal.tag(PURPOSE, lead.toString(), TAG_BYTES));
    var digits = new BigInteger(1, bytes.array()).toString(BASE);
    return "0".repeat(LENGTH - digits.length()) + digits;
  }

  private Optional<UUID> read(String token) {
    var number = new BigInteger(token.toLowerCase(Locale.ROOT), BASE);
    if (number.bitLength() > (ID_BYTES + TAG_BYTES) * Byte.SIZE) {
      return Optional.empty();
    }
    var digits = number.toByteArray();
    var bytes = new byte[ID_BYTES + TAG_BYTES];
    // A sign byte may come first.
    var length = Math.min(digits.length, bytes.length);
    System.arraycopy(digits, digits.length - length, bytes, bytes.length - length, length);
    var buffer = ByteBuffer.wrap(bytes);
    var lead = new UUID(buffer.getLong(), buffer.getLong());
    var tag = Arrays.copyOfRange(bytes, ID_BYTES, bytes.length);
    return seal.matchesTag(PURPOSE, lead.toString(), tag) ? Optional.of(lead) : Optional.empty();
  }
}
