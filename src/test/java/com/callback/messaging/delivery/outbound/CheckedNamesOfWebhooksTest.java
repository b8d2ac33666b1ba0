package com.callback.messaging.delivery.outbound;

import com.callback.messaging.delivery.outbound.Calling.Names;

/** The same, where the client looks names up on a thread beside its own. */
class CheckedNamesOfWebhooksTest extends CheckedNamesTest {

  @Override
  Calling calling(OutboundRules rules, Names names) {
    return Calling.asynchronously(rules, names, Calling.TIMEOUT_MS);
  }
}
