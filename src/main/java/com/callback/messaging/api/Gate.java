package com.callback.messaging.api;

import com.callback.messaging.contract.Guard;
import com.callback.messaging.http.RequestRefusedException;
import com.callback.messaging.tenancy.Caller;
import com.callback.messaging.tenancy.Credential;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import org.apache.camel.CamelExecutionException;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.springframework.stereotype.Component;

/**
 * Lets in the requests of those few operations that are no routes because their answers are no
 * messages: by the same routes that tell of every other operation who calls and what they ask.
 */
@Component
public class Gate {

  private final ProducerTemplate routes;

  Gate(ProducerTemplate routes) {
    this.routes = routes;
  }

  /**
   * Somebody who may do what they ask.
   *
   * @param credential what they proved it by, to be looked at again
   * @param guard what it must be good for
   */
  public record Admitted(Caller caller, Credential credential, Guard guard, Asked asked) {}

  /**
   * Who calls, and what they ask.
   *
   * @param operation its operationId in the contract
   * @throws RequestRefusedException when they may not, or ask what there is not
   */
  public Admitted admit(String operation, HttpServletRequest request) {
    var exchange =
        routes.request(
            "direct:admit",
            asking -> {
              asking.getMessage().setHeader("CamelHttpServletRequest", request);
              asking.setVariable("operation", operation);
            });
    rethrow(exchange);
    return new Admitted(
        exchange.getVariable("caller", Caller.class),
        exchange.getVariable("credential", Credential.class),
        exchange.getVariable("guard", Guard.class),
        exchange.getVariable("asked", Asked.class));
  }

  /**
   * Runs a route for somebody who was let in.
   *
   * @param route the name behind {@code direct:}
   * @param variables what it needs besides who they are and what they ask
   * @return the body that it ends with
   */
  public Object run(String route, Admitted admitted, Map<String, Object> variables) {
    var exchange =
        routes.request(
            "direct:" + route,
            running -> {
              running.setVariable("operation", admitted.asked().operation());
              running.setVariable("caller", admitted.caller());
              running.setVariable("asked", admitted.asked());
              variables.forEach(running::setVariable);
            });
    rethrow(exchange);
    return exchange.getMessage().getBody();
  }

  private static void rethrow(Exchange exchange) {
    var failure = exchange.getException();
    if (failure instanceof RuntimeException unchecked) {
      throw unchecked;
    }
    if (failure != null) {
      throw new CamelExecutionException("The request cannot be served", exchange, failure);
    }
  }
}
