package com.callback.messaging.delivery.outbound;

import com.callback.messaging.delivery.engine.RefusedBySettingsException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import org.apache.hc.client5.http.DnsResolver;

/**
 * Looks a host up once and gives only the addresses that may be called; the client connects to
 * these very addresses, so a name that changes between check and call gains nothing.
 */
final class CheckedNames implements DnsResolver {

  private final OutboundRules rules;
  private final DnsResolver names;

  CheckedNames(OutboundRules rules, DnsResolver names) {
    this.rules = rules;
    this.names = names;
  }

  /**
   * @throws RefusedBySettingsException when none of its addresses, or its port, may be called
   */
  @Override
  public List<InetSocketAddress> resolve(String host, int port) throws UnknownHostException {
    if (!rules.isSandbox(host, port) && !rules.allowsPort(port)) {
      throw new RefusedBySettingsException(
          "Port %d is not allowed. Ask the operator to allow it with MESSAGING_OUTBOUND_PORTS."
              .formatted(port));
    }
    var found = lookUp(host);
    var open =
        Arrays.stream(found)
            .filter(address -> rules.isSandbox(host, port) || rules.allowsAddress(address))
            .map(address -> new InetSocketAddress(address, port))
            .toList();
    if (open.isEmpty()) {
      throw new RefusedBySettingsException(OutboundRules.remedy(host));
    }
    return open;
  }

  @Override
  public InetAddress[] resolve(String host) {
    throw new UnsupportedOperationException("What may be called depends on the port too");
  }

  @Override
  public String resolveCanonicalHostname(String host) {
    return host;
  }

  private InetAddress[] lookUp(String host) throws UnknownHostException {
    var found = names.resolve(host);
    if (found == null || found.length == 0) {
      throw new UnknownHostException(host);
    }
    return found;
  }
}
