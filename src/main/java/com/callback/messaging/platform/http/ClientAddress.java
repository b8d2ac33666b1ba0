package com.callback.messaging.platform.http;

import com.callback.messaging.platform.startup.StartFailure;
import jakarta.servlet.http.HttpServletRequest;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * Where a request comes from. What {@code X-Forwarded-For} says counts only as far as proxies say
 * it that are known to be ours: from the right, up to the first address that is none of them.
 * {@code Forwarded} is not read, since a proxy that writes one of the two passes the other on as
 * anybody sent it.
 */
@Component
public class ClientAddress {

  private static final Pattern WITH_PORT =
      Pattern.compile("(?<v4>[0-9.]+):[0-9]{1,5}|\\[(?<v6>[0-9A-Fa-f:.]+)](?::[0-9]{1,5})?");

  /** Anything else of digits and dots would be looked up as a name. */
  private static final Pattern V4 =
      Pattern.compile("(?:(?:25[0-5]|2[0-4][0-9]|1?[0-9]?[0-9])(?:\\.(?!$)|$)){4}");

  /** Longer lists than any row of proxies makes are not walked. */
  private static final int MOST_HOPS = 32;

  private static final int NETWORK_BYTES = 8;
  private static final String FORWARDED_FOR = "X-Forwarded-For";

  private final List<AddressRange> trusted;

  private final UnnamedProxies unnamed;

  ClientAddress(
      @Value("${messaging.http.trusted-proxies}") List<String> trusted, UnnamedProxies unnamed) {
    this.unnamed = unnamed;
    this.trusted =
        trusted.stream().filter(text -> !text.isBlank()).map(ClientAddress::proxies).toList();
  }

  /** The address of whoever sent the request, such as 203.0.113.7 or 2001:db8:0:0:0:0:0:1. */
  public String of(HttpServletRequest request) {
    return find(request).map(InetAddress::getHostAddress).orElse(request.getRemoteAddr());
  }

  /**
   * The network that one subscriber may have to themselves: an IPv4 address, or the first 64 bits
   * of an IPv6 address.
   */
  public String networkOf(HttpServletRequest request) {
    return find(request).map(ClientAddress::network).orElse(request.getRemoteAddr());
  }

  private Optional<InetAddress> find(HttpServletRequest request) {
    var caller = AddressRange.literal(withoutZone(request.getRemoteAddr()));
    for (var hop : hops(request)) {
      var before = address(hop);
      // What is no address was said by nobody we know.
      if (caller.isEmpty() || before.isEmpty()) {
        return caller;
      }
      if (!isTrusted(caller.get())) {
        unnamed.saw(caller.get().getHostAddress(), before.get().getHostAddress());
        return caller;
      }
      caller = before;
    }
    return caller;
  }

  /** Whether a request came through a proxy that sends for several visitors, and is not named. */
  public boolean isShared(HttpServletRequest request) {
    return request.getHeader(FORWARDED_FOR) != null && unnamed.contains(of(request));
  }

  /** What was forwarded, the nearest first. */
  private static List<String> hops(HttpServletRequest request) {
    var hops = new ArrayList<String>();
    for (var line : Collections.list(request.getHeaders(FORWARDED_FOR))) {
      hops.addAll(Arrays.asList(line.split(",", -1)));
    }
    Collections.reverse(hops);
    return hops.size() > MOST_HOPS ? hops.subList(0, MOST_HOPS) : hops;
  }

  private static Optional<InetAddress> address(String hop) {
    var text = hop.strip();
    var withPort = WITH_PORT.matcher(text);
    if (withPort.matches()) {
      text = withPort.group("v4") == null ? withPort.group("v6") : withPort.group("v4");
    }
    return text.contains(":") || V4.matcher(text).matches()
        ? AddressRange.literal(text)
        : Optional.empty();
  }

  private boolean isTrusted(InetAddress address) {
    return trusted.stream().anyMatch(range -> range.contains(address));
  }

  private static String network(InetAddress address) {
    if (!(address instanceof Inet6Address)) {
      return address.getHostAddress();
    }
    var first = address.getAddress();
    Arrays.fill(first, NETWORK_BYTES, first.length, (byte) 0);
    try {
      return InetAddress.getByAddress(first).getHostAddress() + "/64";
    } catch (UnknownHostException e) {
      throw new IllegalStateException("Sixteen bytes are an address", e);
    }
  }

  private static String withoutZone(String address) {
    return address == null ? "" : address.replaceFirst("%.*", "");
  }

  private static AddressRange proxies(String text) {
    try {
      return AddressRange.of(text);
    } catch (IllegalArgumentException e) {
      throw new StartFailure("MESSAGING_HTTP_TRUSTED_PROXIES: " + e.getMessage() + ".", e);
    }
  }
}
