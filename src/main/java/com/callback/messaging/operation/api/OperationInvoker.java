package com.callback.messaging.operation.api;

import com.callback.messaging.operation.caller.Caller;
import com.callback.messaging.operation.caller.Credential;
import com.callback.messaging.operation.contract.AccessRule;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.RuntimeCamelException;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/**
 * Lets an operation whose answer is too long for a message begin as all others do, and do its work
 * in routes. What fails there is thrown here, see {@link
 * com.callback.messaging.platform.http.Problems}.
 */
@Component
public class OperationInvoker {

  /** Asked for late: a context that is made before the routes' beans finds no routes. */
  private final ObjectProvider<ProducerTemplate> routes;

  OperationInvoker(ObjectProvider<ProducerTemplate> routes) {
    this.routes = routes;
  }

  /** Finds the caller, whether they may run the operation, and its input. */
  public Invocation begin(String operation, HttpServletRequest request) {
    var exchange =
        routes
            .getObject()
            .send(
                "direct:begin-operation",
                each -> {
                  each.setVariable("operation", operation);
                  each.getMessage().setHeader("CamelHttpServletRequest", request);
                });
    requireDone(exchange);
    return new Invocation(
        exchange.getVariable("caller", Caller.class),
        exchange.getVariable("input", OperationRequest.class),
        exchange.getVariable("credential", Credential.class),
        exchange.getVariable("accessRule", AccessRule.class));
  }

  /**
   * Runs a route for an operation that has begun.
   *
   * @param route the name behind {@code direct:}
   * @param variables what it needs besides
   * @return the body that it ends with
   */
  public Object run(String route, Invocation invocation, Map<String, Object> variables) {
    var exchange =
        routes
            .getObject()
            .send(
                "direct:" + route,
                each -> {
                  each.setVariable("operation", invocation.input().operation());
                  each.setVariable("caller", invocation.caller());
                  each.setVariable("input", invocation.input());
                  variables.forEach(each::setVariable);
                });
    requireDone(exchange);
    return exchange.getMessage().getBody();
  }

  private static void requireDone(Exchange exchange) {
    if (exchange.getException() != null) {
      throw RuntimeCamelException.wrapRuntimeException(exchange.getException());
    }
  }
}
