package com.callback.messaging.platform.startup;

import org.apache.camel.CamelContext;
import org.apache.camel.VetoCamelContextStartException;
import org.apache.camel.model.Model;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.support.LifecycleStrategySupport;
import org.springframework.stereotype.Component;

/**
 * Refuses to start with a precondition that is no condition, and names its file: Camel, which reads
 * it later, says neither whose it is nor where it stands.
 */
@Component
class PreconditionsCanBeRead extends LifecycleStrategySupport {

  @Override
  public void onContextInitializing(CamelContext context) throws VetoCamelContextStartException {
    for (var route :
        context.getCamelContextExtension().getContextPlugin(Model.class).getRouteDefinitions()) {
      if (route.getPrecondition() != null) {
        read(route, context);
      }
    }
  }

  private static void read(RouteDefinition route, CamelContext context)
      throws VetoCamelContextStartException {
    // A setting that is missing fails here, with a message that names it.
    var condition = context.resolvePropertyPlaceholders(filledIn(route));
    try {
      context.resolveLanguage("simple").createPredicate(condition);
    } catch (RuntimeException e) {
      var failure =
          new StartFailure(
              RouteFailure.wrongAt(
                  route.getLocation(),
                  route.getLineNumber(),
                  "precondition of %s: %s".formatted(route.getRouteId(), RouteFailure.reason(e))));
      // Camel goes on after any other exception.
      throw new VetoCamelContextStartException(failure.getMessage(), failure, context, true);
    }
  }

  /** Camel fills the parameters of a template in only where it makes the route. */
  private static String filledIn(RouteDefinition route) {
    var condition = route.getPrecondition();
    if (route.getTemplateParameters() != null) {
      for (var parameter : route.getTemplateParameters().entrySet()) {
        condition =
            condition.replace(
                "{{" + parameter.getKey() + "}}", String.valueOf(parameter.getValue()));
      }
    }
    return condition;
  }
}
