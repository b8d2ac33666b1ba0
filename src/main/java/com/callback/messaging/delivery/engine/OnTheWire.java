package com.callback.messaging.delivery.engine;

import java.time.Instant;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.NamedNode;
import org.apache.camel.Processor;
import org.apache.camel.Route;
import org.apache.camel.spi.Policy;
import org.apache.camel.support.MessageHelper;
import org.springframework.stereotype.Component;

/**
 * Surrounds the steps of a channel that make a request: no header of others goes out or stays, an
 * HTTP response must be a 2xx, and the request is recorded with its duration whatever comes of it.
 * Its steps set the headers and send; the body is written before them.
 */
@Component("onTheWire")
class OnTheWire implements Policy {

  /** Camel counts the attempts of a step in headers; without them it would retry for ever. */
  private static final String REDELIVERY = "CamelRedeliver.*";

  private final RetryPolicy retryPolicy;
  private final ResponseText responseText;
  private final RequestRecorder requestRecorder;

  OnTheWire(RetryPolicy retryPolicy, ResponseText responseText, RequestRecorder requestRecorder) {
    this.retryPolicy = retryPolicy;
    this.responseText = responseText;
    this.requestRecorder = requestRecorder;
  }

  @Override
  public void beforeWrap(Route route, NamedNode definition) {}

  @Override
  public Processor wrap(Route route, Processor steps) {
    return exchange -> {
      removeHeaders(exchange);
      // A failure of the first try, or of another delivery, is not one of this request.
      exchange.removeProperty(Exchange.EXCEPTION_CAUGHT);
      var begun = requestRecorder.begin();
      try {
        steps.process(exchange);
        if (exchange.getException() == null) {
          requireSuccess(exchange);
        }
      } catch (Exception e) {
        exchange.setException(e);
      }
      record(exchange, begun);
      removeHeaders(exchange);
    };
  }

  /** Only HTTP has a status; a mail server that refuses makes its step fail. */
  private void requireSuccess(Exchange exchange) throws UnsuccessfulResponseException {
    var message = exchange.getMessage();
    var status = status(exchange);
    if (status == null) {
      return;
    }
    MessageHelper.resetStreamCache(message);
    var answer = responseText.of(message.getBody(byte[].class));
    message.setBody(answer);
    var channel = delivery(exchange).channel();
    retryPolicy.require2xx(
        channel,
        status,
        message.getHeader("Retry-After", String.class),
        message.getHeader("Location", String.class),
        answer);
    retryPolicy
        .reference(channel, answer)
        .ifPresent(reference -> exchange.setVariable("providerRef", reference));
  }

  /** The variable {@code requests} is set in the route send-one. */
  @SuppressWarnings("unchecked")
  private void record(Exchange exchange, Instant begun) {
    var failure = exchange.getException();
    var status = status(exchange);
    var answer =
        failure == null && status != null ? exchange.getMessage().getBody(String.class) : null;
    requestRecorder.record(
        (List<RequestRecord>) exchange.getVariable("requests", List.class),
        begun,
        failure,
        status,
        answer);
  }

  private static Integer status(Exchange exchange) {
    return exchange.getMessage().getHeader(Exchange.HTTP_RESPONSE_CODE, Integer.class);
  }

  private static Delivery delivery(Exchange exchange) {
    return exchange.getVariable("delivery", Delivery.class);
  }

  private static void removeHeaders(Exchange exchange) {
    exchange.getMessage().removeHeaders("*", REDELIVERY);
  }
}
