package com.callback.messaging.delivery.engine;

import com.callback.messaging.platform.startup.StartFailure;
import java.util.Collection;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.VetoCamelContextStartException;
import org.apache.camel.model.Model;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.support.LifecycleStrategySupport;
import org.springframework.stereotype.Component;

/**
 * Refuses to start with a provider that no route serves: otherwise it would be noticed by the first
 * lead that needs it.
 */
@Component
class EveryProviderHasARoute extends LifecycleStrategySupport {

  private final Channels channels;

  EveryProviderHasARoute(Channels channels) {
    this.channels = channels;
  }

  @Override
  public void onContextStarting(CamelContext context) throws VetoCamelContextStartException {
    try {
      check(
          context
              .getCamelContextExtension()
              .getContextPlugin(Model.class)
              .getRouteDefinitions()
              .stream()
              .flatMap(EveryProviderHasARoute::names)
              .collect(Collectors.toSet()));
    } catch (StartFailure e) {
      // Camel goes on after any other exception.
      throw new VetoCamelContextStartException(e.getMessage(), e, context, true);
    }
  }

  /** The input of a route that a template made has placeholders still; its id is its name. */
  private static Stream<String> names(RouteDefinition route) {
    return Stream.of(route.getInput().getEndpointUri(), "direct:" + route.getRouteId());
  }

  /**
   * Holds the providers of all enabled channels against the routes there are.
   *
   * @param inputs where routes begin
   */
  void check(Collection<String> inputs) {
    for (var channel : channels.enabled()) {
      for (var provider : channels.of(channel).providers()) {
        if (!inputs.contains("direct:" + channel + "-via-" + provider)) {
          throw new StartFailure(sentence(channel, provider, inputs));
        }
      }
    }
  }

  private static String sentence(String channel, String provider, Collection<String> inputs) {
    var known = known(channel, inputs);
    var remedy =
        known.isEmpty()
            ? "add the route file that holds it to the folder of MESSAGING_ROUTES, or set CHANNELS_%s_ENABLED to false"
                .formatted(channel.toUpperCase(Locale.ROOT))
            : "name %s, or configure what that route needs".formatted(String.join(" or ", known));
    return "channels.%1$s.providers names \"%2$s\", but there is no route direct:%1$s-via-%2$s: %3$s."
        .formatted(channel, provider, remedy);
  }

  private static Set<String> known(String channel, Collection<String> inputs) {
    var prefix = "direct:" + channel + "-via-";
    return inputs.stream()
        .filter(input -> input.startsWith(prefix))
        .map(input -> input.substring(prefix.length()))
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
