package com.callback.messaging.delivery.engine;

import org.apache.camel.CamelContext;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** How the deliveries of a channel are sent: as a batch where it has a route that writes one. */
@Component
public class SendRoutes {

  private static final String WRITES = "write-";

  /** Asked for late: a context that is made before the routes' beans finds no routes. */
  private final ObjectProvider<CamelContext> camel;

  SendRoutes(ObjectProvider<CamelContext> camel) {
    this.camel = camel;
  }

  /** The name of the route that sends a list of attempts by the channel. */
  public String of(String channel) {
    return camel.getObject().getRoute(WRITES + channel) == null ? "send-each" : "send-batch";
  }
}
