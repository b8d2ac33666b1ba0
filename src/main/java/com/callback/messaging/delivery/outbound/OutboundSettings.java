package com.callback.messaging.delivery.outbound;

import com.callback.messaging.platform.http.AddressRange;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Where calls to addresses that customers give may go: {@code messaging.outbound.*}.
 *
 * @param allowed networks in CIDR notation that may be called although they are private or reserved
 * @param ports ports that may be called, 1 to 65535, or "any"
 * @param httpsOnly whether http:// is refused; null for what the mode says
 * @param connections how many connections may be open to all hosts together
 * @param connectionsPerHost how many to one
 */
@ConfigurationProperties("messaging.outbound")
record OutboundSettings(
    List<String> allowed,
    Set<String> ports,
    Boolean httpsOnly,
    int connections,
    int connectionsPerHost) {

  private static final String ANY = "any";
  private static final int LARGEST_PORT = 65_535;

  OutboundSettings {
    allowed = List.copyOf(Optional.ofNullable(allowed).orElse(List.of()));
    ports = Set.copyOf(Optional.ofNullable(ports).orElse(Set.of()));
    try {
      allowed.forEach(AddressRange::of);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "MESSAGING_OUTBOUND_ALLOWED: " + e.getMessage(), e.getCause());
    }
    if (ports.isEmpty() || !ports.stream().allMatch(OutboundSettings::isPortOrAny)) {
      throw new IllegalArgumentException(
          "MESSAGING_OUTBOUND_PORTS must list numbers from 1 to 65535, or be any");
    }
    if (connections < 1 || connectionsPerHost < 1) {
      throw new IllegalArgumentException("connections and connections-per-host must be 1 or more");
    }
  }

  List<AddressRange> allowedRanges() {
    return allowed.stream().map(AddressRange::of).toList();
  }

  boolean allowsPort(int port) {
    return ports.contains(ANY) || ports.contains(Integer.toString(port));
  }

  /** The ports for people to read. */
  String portsInWords() {
    return ports.stream().sorted().collect(Collectors.joining(", "));
  }

  private static boolean isPortOrAny(String port) {
    return port.equals(ANY)
        || port.matches("[1-9]\\d{0,4}") && Integer.parseInt(port) <= LARGEST_PORT;
  }
}
