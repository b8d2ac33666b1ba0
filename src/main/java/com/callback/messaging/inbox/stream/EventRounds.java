package com.callback.messaging.inbox.stream;

import org.apache.camel.Exchange;
import org.apache.camel.NamedNode;
import org.apache.camel.Processor;
import org.apache.camel.Route;
import org.apache.camel.spi.Policy;
import org.apache.camel.support.ExchangeHelper;
import org.springframework.stereotype.Component;

/**
 * Runs its steps, which read a page of events, in rounds until every open stream of the business in
 * the variable {@code business} has all events that are there, or one round fails.
 */
@Component("inRounds")
class EventRounds implements Policy {

  private final Subscribers subscribers;

  EventRounds(Subscribers subscribers) {
    this.subscribers = subscribers;
  }

  @Override
  public void beforeWrap(Route route, NamedNode definition) {}

  @Override
  public Processor wrap(Route route, Processor steps) {
    return exchange -> {
      var business = exchange.getVariable("business", String.class);
      var isRead = false;
      try {
        while (subscribers.goesOn(business)) {
          steps.process(exchange);
          if (hasFailed(exchange)) {
            return;
          }
        }
        isRead = true;
      } finally {
        if (!isRead) {
          subscribers.failed(business);
        }
      }
    };
  }

  /** A failure that a rule has handled already is one, too. */
  private static boolean hasFailed(Exchange exchange) {
    return exchange.getException() != null || ExchangeHelper.isFailureHandled(exchange);
  }
}
