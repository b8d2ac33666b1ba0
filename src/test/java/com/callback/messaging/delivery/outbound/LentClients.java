package com.callback.messaging.delivery.outbound;

import com.callback.messaging.delivery.engine.AsyncClient;
import com.callback.messaging.delivery.engine.DeliverySettings;
import com.callback.messaging.delivery.outbound.Calling.Names;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;

/** The clients of batches as tests need them. */
public final class LentClients {

  private LentClients() {}

  static AsyncHttpClient with(OutboundRules rules, DnsResolver names, long deadlineMs) {
    return with(rules, names, Rules.settings(List.of(), "any"), deadlineMs);
  }

  static AsyncHttpClient with(
      OutboundRules rules, DnsResolver names, OutboundSettings settings, long deadlineMs) {
    return with(new CheckedNames(rules, names), settings, deadlineMs);
  }

  private static AsyncHttpClient with(
      DnsResolver names, OutboundSettings settings, long deadlineMs) {
    return new AsyncHttpClient("test", names, settings, timeouts(deadlineMs), "test");
  }

  static DeliverySettings timeouts(long deadlineMs) {
    return new DeliverySettings(
        Duration.ofHours(1),
        0,
        1_000,
        1_000,
        500,
        Calling.TIMEOUT_MS,
        Calling.TIMEOUT_MS,
        deadlineMs,
        10_000,
        1,
        Duration.ofDays(5),
        null);
  }

  /** Lends clients that may call this machine, and for customers no other. */
  public static void lend(long deadlineMs, Consumer<AsyncClient> use) {
    var clients =
        new AsyncClients(
            with(Rules.allowing("127.0.0.0/8"), new Names(), deadlineMs),
            with(SystemDefaultDnsResolver.INSTANCE, Rules.settings(List.of(), "any"), deadlineMs));
    try {
      use.accept(clients);
    } finally {
      clients.close();
    }
  }
}
