package com.callback.messaging.delivery.outbound;

import com.callback.messaging.delivery.engine.RefusedBySettingsException;
import com.callback.messaging.platform.http.AddressRange;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.stereotype.Component;

/**
 * Judges the form of an address that a customer gives, without looking its name up: what it
 * resolves to is checked at each connect.
 */
@Component
public class WebhookUrl {

  /** The longest URL, in characters. */
  public static final int MAX_LENGTH = 2_048;

  private static final Pattern PARTS =
      Pattern.compile("(?i)(https?)://([^/?#]*)([^#]*)(#.*)?", Pattern.DOTALL);
  private static final Pattern PLACE =
      Pattern.compile("(\\[[^\\[\\]]*]|[^:\\[\\]]*)(?::(\\d{1,5}))?");
  private static final int LARGEST_PORT = 65_535;

  /** As the WHATWG's URL standard has it: what ends in a number is an IPv4 address or nothing. */
  private static final Pattern ENDS_IN_A_NUMBER = Pattern.compile("(?:.*\\.)?(?:\\d+|0x[0-9a-f]*)");

  /** The dot of the root, also as East Asian keyboards have it. */
  private static final Pattern ROOT = Pattern.compile("[.\u3002\uFF0E\uFF61]$");

  private final OutboundRules rules;

  WebhookUrl(OutboundRules rules) {
    this.rules = rules;
  }

  /** What to do about a URL that cannot be called; empty for one that can. */
  public Optional<String> check(String url) {
    try {
      toSend(url);
      return Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.of(e.getMessage());
    }
  }

  /**
   * The URL in the form in which it is called: ASCII only, names in lower case and punycode.
   *
   * @throws IllegalArgumentException with what to do about one that cannot be called
   */
  public String toSend(String url) {
    var parts = PARTS.matcher(url == null ? "" : printable(url));
    require(parts.matches(), "Give a URL that begins with https:// or http://.");
    require(parts.group(4) == null, "Leave out the part of the URL that begins with #.");
    var scheme = parts.group(1).toLowerCase(Locale.ROOT);
    var authority = parts.group(2);
    require(
        !authority.contains("@"),
        "Leave the user name out of the URL: credentials belong in a custom header.");
    var place = PLACE.matcher(authority);
    require(
        place.matches() && !place.group(1).isEmpty(),
        "Give the URL a host, and a port only as digits.");
    var host = host(place.group(1));
    var port = port(place, scheme);
    if (!rules.isSandbox(host, port)) {
      check(scheme, host, port);
    }
    var shownPort = place.group(2) == null ? "" : ":" + port;
    return ascii(scheme + "://" + host + shownPort + parts.group(3));
  }

  private static String printable(String url) {
    require(url.length() <= MAX_LENGTH, "Give a URL of 2,048 characters at most.");
    require(
        url.codePoints()
            .noneMatch(
                point ->
                    Character.isISOControl(point)
                        || Character.isSpaceChar(point)
                        || Character.isWhitespace(point)),
        "Give a URL that begins with https:// or http:// and has no spaces or line breaks; write a space as %20.");
    return url;
  }

  private void check(String scheme, String host, int port) {
    requireAllowed(
        !rules.httpsOnly() || scheme.equals("https"),
        () ->
            "Give a URL that begins with https://, or ask the operator to allow http:// with MESSAGING_OUTBOUND_HTTPS_ONLY=false.");
    requireAllowed(
        rules.allowsPort(port),
        () ->
            "Give a URL with one of the ports %s, or ask the operator to allow port %d with MESSAGING_OUTBOUND_PORTS."
                .formatted(rules.portsInWords(), port));
    var known =
        host.equals("localhost") || host.endsWith(".localhost")
            ? Optional.of(InetAddress.getLoopbackAddress())
            : AddressRange.literal(host.replaceAll("[\\[\\]]", ""));
    requireAllowed(known.map(rules::allowsAddress).orElse(true), () -> OutboundRules.remedy(host));
  }

  private static String host(String written) {
    if (written.startsWith("[")) {
      var address = written.substring(1, written.length() - 1);
      require(
          address.contains(":") && AddressRange.literal(address).isPresent(),
          "Write the IPv6 address in the URL as [2001:db8::1], without a zone.");
      return written.toLowerCase(Locale.ROOT);
    }
    var host = punycode(written);
    if (ENDS_IN_A_NUMBER.matcher(host).matches()) {
      require(
          AddressRange.literal(host).isPresent(),
          "Write the address in the URL as four decimal numbers, such as 198.51.100.7.");
    }
    return host;
  }

  private static String punycode(String written) {
    // A dot at the end means "from the root", and is no part of the name in a certificate.
    var name = ROOT.matcher(written).replaceFirst("");
    return DomainName.ascii(name)
        .map(host -> host.toLowerCase(Locale.ROOT))
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "Write the host name in its ASCII form: letters, digits, hyphens, and xn-- for others."));
  }

  private static int port(Matcher place, String scheme) {
    if (place.group(2) == null) {
      return scheme.equals("https") ? 443 : 80;
    }
    var port = Integer.parseInt(place.group(2));
    require(port >= 1 && port <= LARGEST_PORT, "Give the URL a port from 1 to 65535.");
    return port;
  }

  /**
   * Also refuses braces: camel-http before 4.22.1 fills in a setting or a secret that stands in
   * braces in the URL of a call (CVE-2026-78164). Webhooks do not use camel-http, and the refusal
   * stays.
   */
  private static String ascii(String url) {
    try {
      return new URI(url).toASCIIString();
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException(
          "Percent-encode what may not stand in a URL, such as { as %7B.", e);
    }
  }

  /** What the operator's settings decide, and may allow later. */
  private static void requireAllowed(boolean holds, Supplier<String> remedy) {
    if (!holds) {
      throw new RefusedBySettingsException(remedy.get());
    }
  }

  private static void require(boolean holds, String remedy) {
    if (!holds) {
      throw new IllegalArgumentException(remedy);
    }
  }
}
