package com.callback.messaging.delivery.engine;

import java.util.concurrent.TimeUnit;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.event.EventListener;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/**
 * Lets deliveries be claimed from the moment that the service answers until it stops. In
 * development the receivers are behind this process's own web server: before it answers, a send
 * would fail and cost an attempt.
 *
 * <p>A stop first ends the claims, then gives the sends under way a second to end, while all that
 * they may need still runs.
 */
@Component
public class ClaimGate implements SmartLifecycle {

  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final long LOOK_EVERY_MILLIS = 10;

  /** Asked for late: it asks this gate itself. */
  private final ObjectProvider<Admission> admission;

  private final OutcomeQueue outcomeQueue;
  private volatile boolean running;
  private volatile boolean answering;

  ClaimGate(ObjectProvider<Admission> admission, OutcomeQueue outcomeQueue) {
    this.admission = admission;
    this.outcomeQueue = outcomeQueue;
  }

  /** How many deliveries may be claimed now: the batch, or 0. */
  public int allows(int batch) {
    return running && answering ? batch : 0;
  }

  /** After the web server has been told to answer. */
  @EventListener(ApplicationReadyEvent.class)
  @Order(3)
  void answers() {
    answering = true;
  }

  @Override
  public void start() {
    running = true;
  }

  @Override
  public void stop() {
    running = false;
    long end = System.nanoTime() + PATIENCE_NANOS;
    try {
      while (isBusy() && System.nanoTime() < end) {
        TimeUnit.MILLISECONDS.sleep(LOOK_EVERY_MILLIS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  /** After the balancers have been told; everything else stops after this. */
  @Override
  public int getPhase() {
    return DEFAULT_PHASE - 1;
  }

  private boolean isBusy() {
    return admission.getObject().isSending() || !outcomeQueue.allRecorded();
  }
}
