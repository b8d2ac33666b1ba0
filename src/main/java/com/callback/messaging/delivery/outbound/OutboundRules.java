package com.callback.messaging.delivery.outbound;

import com.callback.messaging.platform.http.AddressRange;
import com.callback.messaging.platform.startup.OperatingMode;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * Which addresses, ports and schemes may be called where a customer says where to. What is private
 * or reserved is refused, for a customer must not reach through us what only we can reach; an
 * operator may open networks on purpose.
 */
@Component
class OutboundRules {

  /**
   * The special-purpose registries of IANA (RFC 6890 and its successors), and what carries an IPv4
   * address inside an IPv6 one.
   */
  static final List<String> REFUSED =
      List.of(
          "0.0.0.0/8",
          "10.0.0.0/8",
          "100.64.0.0/10",
          "127.0.0.0/8",
          // Azure's wire server: answers each virtual machine there, at an address that looks
          // public.
          "168.63.129.16/32",
          "169.254.0.0/16",
          "172.16.0.0/12",
          "192.0.0.0/24",
          "192.0.2.0/24",
          "192.88.99.0/24",
          "192.168.0.0/16",
          "198.18.0.0/15",
          "198.51.100.0/24",
          "203.0.113.0/24",
          "224.0.0.0/4",
          "240.0.0.0/4",
          "::/96",
          "::ffff:0:0:0/96",
          "64:ff9b::/96",
          "64:ff9b:1::/48",
          "100::/64",
          "2001::/23",
          "2001:db8::/32",
          "2002::/16",
          "3fff::/20",
          "5f00::/16",
          "fc00::/7",
          "fe80::/10",
          "fec0::/10",
          "ff00::/8");

  /** Where an IPv6 address of that network holds an IPv4 address: the first of its four bytes. */
  private static final Map<AddressRange, Integer> EMBEDS_IPV4 =
      Map.of(
          AddressRange.of("::/96"), 12,
          AddressRange.of("::ffff:0:0:0/96"), 12,
          AddressRange.of("64:ff9b::/96"), 12,
          AddressRange.of("2002::/16"), 2);

  private static final String SANDBOX_HOST = "127.0.0.1";

  private final OutboundSettings settings;
  private final List<AddressRange> refused;
  private final List<AddressRange> allowed;
  private final boolean httpsOnly;
  private final int sandboxPort;

  /**
   * @param sandbox whether the built-in far ends are there, which are on the service's own port
   */
  OutboundRules(
      OutboundSettings settings,
      OperatingMode mode,
      @Value("${messaging.sandbox.present}") boolean sandbox,
      @Value("${server.port}") int serverPort) {
    this.settings = settings;
    this.refused = REFUSED.stream().map(AddressRange::of).toList();
    this.allowed = settings.allowedRanges();
    this.httpsOnly =
        settings.httpsOnly() == null ? mode == OperatingMode.PRODUCTION : settings.httpsOnly();
    this.sandboxPort = sandbox ? serverPort : -1;
  }

  /** Whether nothing but https:// may be called. */
  boolean httpsOnly() {
    return httpsOnly;
  }

  boolean allowsPort(int port) {
    return settings.allowsPort(port);
  }

  String portsInWords() {
    return settings.portsInWords();
  }

  /** Whether this is the service's own sandbox, which needs no allowance. */
  boolean isSandbox(String host, int port) {
    return port == sandboxPort && host.equals(SANDBOX_HOST);
  }

  /**
   * Whether an address may be called. One that holds another, as those of NAT64 do, only when both
   * may.
   */
  boolean allowsAddress(InetAddress address) {
    var open =
        allowed.stream().anyMatch(range -> range.contains(address))
            || refused.stream().noneMatch(range -> range.contains(address));
    return open && embedded(address).allMatch(this::allowsAddress);
  }

  /** What to do about an address that is refused. */
  static String remedy(String host) {
    return "The address of %s is in a private or reserved network: use a public one, or ask the operator to allow it with MESSAGING_OUTBOUND_ALLOWED."
        .formatted(host);
  }

  private static Stream<InetAddress> embedded(InetAddress address) {
    return EMBEDS_IPV4.entrySet().stream()
        .filter(network -> network.getKey().contains(address))
        .map(network -> ipv4At(network.getValue(), address));
  }

  private static InetAddress ipv4At(int index, InetAddress address) {
    try {
      return InetAddress.getByAddress(Arrays.copyOfRange(address.getAddress(), index, index + 4));
    } catch (UnknownHostException e) {
      throw new IllegalStateException("Four bytes are an address", e);
    }
  }
}
