package com.callback.messaging.delivery.engine;

import com.callback.messaging.support.MovableClock;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.support.StaticListableBeanFactory;

/**
 * What {@link Admission} asks, without a database: an instance that answers and is not stopping.
 */
abstract class AdmissionSetup {

  final MovableClock clock = new MovableClock();
  final Hosts hosts = Burdens.hosts(clock);
  final OutcomeQueue outcomeQueue = new OutcomeQueue(new ObjectMapper(), Burdens.settings());
  final Leases leases = new Leases(outcomeQueue, Burdens.settings(), clock);
  final ClaimGate claimGate = closedGate();

  @BeforeEach
  void open() {
    claimGate.start();
    claimGate.answers();
  }

  /** The gate of an instance that does not answer yet. */
  final ClaimGate closedGate() {
    return new ClaimGate(
        new StaticListableBeanFactory().getBeanProvider(Admission.class), outcomeQueue);
  }
}
