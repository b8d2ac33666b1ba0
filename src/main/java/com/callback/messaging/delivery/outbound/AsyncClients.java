package com.callback.messaging.delivery.outbound;

import com.callback.messaging.delivery.engine.AsyncClient;
import com.callback.messaging.delivery.engine.DeliverySettings;
import com.callback.messaging.delivery.engine.OutgoingRequest;
import jakarta.annotation.PreDestroy;
import java.util.concurrent.CompletionStage;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * The two clients of batches: one for addresses that customers give, which are checked at each
 * connect, and one for providers, whose addresses the operator configures. Each keeps connections
 * of its own, so that a customer's request never travels on one that was not checked.
 */
@Component
class AsyncClients implements AsyncClient {

  private final AsyncHttpClient customers;
  private final AsyncHttpClient providers;

  @Autowired
  AsyncClients(
      OutboundRules rules,
      OutboundSettings settings,
      DeliverySettings delivery,
      @Value("${camel.component.http.user-agent}") String userAgent) {
    this(
        new AsyncHttpClient(
            "customers",
            new CheckedNames(rules, SystemDefaultDnsResolver.INSTANCE),
            settings,
            delivery,
            userAgent),
        new AsyncHttpClient(
            "providers", SystemDefaultDnsResolver.INSTANCE, settings, delivery, userAgent));
  }

  AsyncClients(AsyncHttpClient customers, AsyncHttpClient providers) {
    this.customers = customers;
    this.providers = providers;
  }

  @Override
  public CompletionStage<Response> post(OutgoingRequest request, boolean mayArriveTwice) {
    return (request.isToProvider() ? providers : customers).post(request, mayArriveTwice);
  }

  @PreDestroy
  void close() {
    customers.close();
    providers.close();
  }
}
