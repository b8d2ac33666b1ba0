package com.callback.messaging.delivery.engine;

import org.apache.camel.CamelContext;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.component.seda.SedaComponent;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/**
 * Wakes routes for what happens outside of them: a response comes while no exchange waits for it.
 * Once the routes stop, nothing is woken: what is under way is rescued when its lease has run out.
 */
@Component
class WakeUps {

  private static final String RECORD = "record";
  private static final String DELIVER = "deliver.";
  private static final String FAILED = "failed";

  /** Asked for late: a context that is made before the routes' beans finds no routes. */
  private final ObjectProvider<CamelContext> camel;

  private volatile CamelContext context;
  private volatile ProducerTemplate routes;

  WakeUps(ObjectProvider<CamelContext> camel) {
    this.camel = camel;
  }

  /** There are outcomes to record. */
  void record() {
    wake(RECORD, "?size=1&discardWhenFull=true");
  }

  /** The channel has room for more. */
  void claim(String channel) {
    wake(DELIVER + channel, "?discardWhenFull=true&discardIfNoConsumers=true");
  }

  /** An attempt failed: a route decides what follows. */
  void decide(Attempt attempt) {
    if (isStarted()) {
      routes().sendBody("seda:" + FAILED + "?size=100000", attempt);
    }
  }

  /** One wake-up that waits is enough for all that happens before it is taken. */
  private void wake(String queue, String options) {
    if (isStarted() && nothingWaitsIn(queue)) {
      routes().sendBody("seda:" + queue + options, null);
    }
  }

  private boolean isStarted() {
    return context().getStatus().isStarted();
  }

  private boolean nothingWaitsIn(String queue) {
    var queues = context().getComponent("seda", SedaComponent.class).getQueues();
    var waiting = queues.get("seda://" + queue);
    return waiting == null || waiting.getQueue().isEmpty();
  }

  private CamelContext context() {
    if (context == null) {
      context = camel.getObject();
    }
    return context;
  }

  private ProducerTemplate routes() {
    if (routes == null) {
      routes = context().createProducerTemplate();
    }
    return routes;
  }
}
