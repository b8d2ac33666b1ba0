package com.callback.messaging.operation.api;

import com.callback.messaging.operation.contract.Operations;
import com.callback.messaging.platform.startup.StartFailure;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.apache.camel.VetoCamelContextStartException;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.model.Model;
import org.apache.camel.support.LifecycleStrategySupport;
import org.springframework.stereotype.Component;

/**
 * Opens an HTTP address for each operation of the contract. Requests for a business go to {@code
 * routes/api/operation.yaml}; those of people and visitors, who act for none, to the route of their
 * operation.
 */
@Component
class OperationAddresses extends RouteBuilder {

  private final Operations operations;
  private final OperationRoutes routes;

  OperationAddresses(Operations operations, OperationRoutes routes) {
    this.operations = operations;
    this.routes = routes;
  }

  @Override
  public void configure() {
    for (var operation : operations.routed()) {
      from("platform-http:" + operation.path() + "?httpMethodRestrict=" + operation.method())
          .routeId("http-" + operation.id())
          .errorHandler(noErrorHandler())
          .setVariable("operation", constant(operation.id()))
          .to("direct:" + (operation.ofBusiness() ? "run-operation" : operation.route()));
    }
    // From here, so that it comes after the checks that say more about a folder without routes.
    getContext().addLifecycleStrategy(new EveryOperationHasARoute());
  }

  /** Refuses to start with an operation that nothing runs, which a caller would notice. */
  private final class EveryOperationHasARoute extends LifecycleStrategySupport {

    @Override
    public void onContextStarting(CamelContext context) throws VetoCamelContextStartException {
      var model = context.getCamelContextExtension().getContextPlugin(Model.class);
      try {
        routes.find(
            model.getRouteDefinitions().stream()
                .map(route -> route.getInput().getEndpointUri())
                .collect(Collectors.toSet()));
      } catch (StartFailure e) {
        // Camel goes on after any other exception.
        throw new VetoCamelContextStartException(e.getMessage(), e, context, true);
      }
    }
  }
}
