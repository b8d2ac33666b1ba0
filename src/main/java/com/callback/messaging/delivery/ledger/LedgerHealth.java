package com.callback.messaging.delivery.ledger;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.stereotype.Component;

/**
 * Shows whether the ledger balances, and names what does not. An imbalance is for a person to look
 * at: its status counts neither for the whole nor for readiness, because no restart mends it.
 */
@Component("ledgerHealthIndicator")
class LedgerHealth implements HealthIndicator {

  private static final Status OUT_OF_BALANCE = new Status("OUT_OF_BALANCE");
  private static final int NAMED = 20;

  private final Ledger ledger;

  LedgerHealth(Ledger ledger) {
    this.ledger = ledger;
  }

  @Override
  public Health health() {
    if (ledger.lookedAt() == null) {
      return Health.unknown().build();
    }
    var imbalance = ledger.imbalance();
    return Health.status(imbalance == 0 ? Status.UP : OUT_OF_BALANCE)
        .withDetail("imbalance", imbalance)
        .withDetail("checked", ledger.checked())
        .withDetail("lookedAt", ledger.lookedAt().toString())
        .withDetail("findings", ledger.findings().stream().limit(NAMED).toList())
        .build();
  }
}
