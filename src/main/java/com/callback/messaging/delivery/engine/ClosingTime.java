package com.callback.messaging.delivery.engine;

import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Ends the sending in good order: when the service stops nothing more is claimed, and what is being
 * sent has a second to come to its end while all that it may need still runs. In development the
 * far ends are behind this process's own web server, so that one must not go first.
 */
@Component
public class ClosingTime implements SmartLifecycle {

  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final long LOOK_EVERY_MILLIS = 10;

  /** Asked for late: a context that is made before the routes' beans finds no routes. */
  private final ObjectProvider<CamelContext> camel;

  private final Settlements settlements;
  private volatile boolean open;

  ClosingTime(ObjectProvider<CamelContext> camel, Settlements settlements) {
    this.camel = camel;
    this.settlements = settlements;
  }

  /** How many deliveries may be claimed now: the batch, or 0 once the service stops. */
  public int allows(int batch) {
    return open ? batch : 0;
  }

  @Override
  public void start() {
    open = true;
  }

  @Override
  public void stop() {
    open = false;
    long end = System.nanoTime() + PATIENCE_NANOS;
    try {
      while ((isSending() || !settlements.allRecorded()) && System.nanoTime() < end) {
        TimeUnit.MILLISECONDS.sleep(LOOK_EVERY_MILLIS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public boolean isRunning() {
    return open;
  }

  /** After the balancers have been told; everything else stops after this. */
  @Override
  public int getPhase() {
    return DEFAULT_PHASE - 1;
  }

  private boolean isSending() {
    var context = camel.getObject();
    return context.getRoutes().stream()
        .map(route -> route.getRouteId())
        .filter(id -> id.endsWith("-worker"))
        .anyMatch(id -> context.getInflightRepository().size(id) > 0);
  }
}
