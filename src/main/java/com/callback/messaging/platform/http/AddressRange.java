package com.callback.messaging.platform.http;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A network in CIDR notation. IPv4-mapped IPv6 addresses count as the IPv4 addresses they are,
 * since Java makes them so. Spring Security's IpAddressMatcher holds addresses of the other kind
 * that begin with the same bytes.
 *
 * @param first the address all of whose bits beyond the prefix are 0
 * @param prefix how many leading bits its members share, 0 to 32 or 128
 */
public record AddressRange(InetAddress first, int prefix) {

  private static final Pattern IPV4 =
      Pattern.compile("(?:(?:0|[1-9]\\d{0,2})\\.){3}(?:0|[1-9]\\d{0,2})");
  private static final Pattern IPV6 = Pattern.compile("(?=.*:)[0-9A-Fa-f:.]+");

  /**
   * Reads {@code 10.0.0.0/8}, {@code fd00::/8}, or a single address.
   *
   * @throws IllegalArgumentException with a sentence for whoever wrote it
   */
  public static AddressRange of(String text) {
    var parts = text.strip().split("/", 2);
    var first =
        literal(parts[0])
            .orElseThrow(() -> refused(text, "is no network: write it as 10.0.0.0/8 or fd00::/8"));
    var bits = first.getAddress().length * Byte.SIZE;
    if (parts.length == 2 && !parts[1].matches("\\d{1,3}")) {
      throw refused(text, "must end in a number of bits, such as /8");
    }
    var prefix = parts.length == 2 ? Integer.parseInt(parts[1]) : bits;
    if (prefix > bits) {
      throw refused(text, "has more than " + bits + " bits");
    }
    var range = new AddressRange(first, prefix);
    for (int bit = prefix; bit < bits; bit++) {
      if (range.isSet(first.getAddress(), bit)) {
        throw refused(text, "has bits set beyond its first " + prefix);
      }
    }
    return range;
  }

  /**
   * The address that a text is, without asking anyone: four plain decimal numbers, or IPv6 without
   * brackets and zone.
   */
  public static Optional<InetAddress> literal(String text) {
    if (!IPV4.matcher(text).matches() && !IPV6.matcher(text).matches()) {
      return Optional.empty();
    }
    try {
      return Optional.of(InetAddress.getByName(text));
    } catch (UnknownHostException e) {
      return Optional.empty();
    }
  }

  /** Whether the address is in it; one of the other kind never is. */
  public boolean contains(InetAddress address) {
    var ours = first.getAddress();
    var theirs = address.getAddress();
    if (ours.length != theirs.length) {
      return false;
    }
    for (int bit = 0; bit < prefix; bit++) {
      if (isSet(ours, bit) != isSet(theirs, bit)) {
        return false;
      }
    }
    return true;
  }

  private boolean isSet(byte[] address, int bit) {
    return (address[bit / Byte.SIZE] >> (Byte.SIZE - 1 - bit % Byte.SIZE) & 1) == 1;
  }

  private static IllegalArgumentException refused(String text, String why) {
    return new IllegalArgumentException("'" + text + "' " + why);
  }
}
