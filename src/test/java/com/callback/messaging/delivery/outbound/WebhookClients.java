package com.callback.messaging.delivery.outbound;

import com.callback.messaging.delivery.engine.AsyncClient;
import com.callback.messaging.delivery.outbound.Calling.Names;
import java.util.List;
import java.util.function.Consumer;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.core5.util.Timeout;

/** The client of webhooks as tests need it. */
public final class WebhookClients {

  private static final Timeout TIMEOUT = Timeout.ofSeconds(10);

  private WebhookClients() {}

  static WebhookClient with(OutboundRules rules, DnsResolver names, long deadlineMs) {
    return with(rules, names, Rules.settings(List.of(), "any"), deadlineMs);
  }

  static WebhookClient with(
      OutboundRules rules, DnsResolver names, OutboundSettings settings, long deadlineMs) {
    return new WebhookClient(
        new CheckedNames(rules, names), settings, TIMEOUT, TIMEOUT, deadlineMs, "test");
  }

  /** Lends a client that may call this machine and no other. */
  public static void lend(long deadlineMs, Consumer<AsyncClient> use) {
    var client = with(Rules.allowing("127.0.0.0/8"), new Names(), deadlineMs);
    try {
      use.accept(client);
    } finally {
      client.close();
    }
  }
}
