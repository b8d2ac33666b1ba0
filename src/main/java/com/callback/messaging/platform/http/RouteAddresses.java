package com.callback.messaging.platform.http;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.http.server.PathContainer;
import org.springframework.stereotype.Component;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;

/**
 * Which routes serve an address. Their paths are matched as Spring matches those of controllers.
 */
@Component
class RouteAddresses {

  /**
   * A path that is served.
   *
   * @param consumer of its route; null where a controller serves it
   */
  private record Address(PathPattern path, RouteConsumer consumer) {}

  private final List<Address> controllers;
  private volatile List<Address> all;
  private volatile Map<String, List<RouteConsumer>> plain = Map.of();

  RouteAddresses(List<ControllerAddress> controllers) {
    this.controllers =
        controllers.stream().map(each -> new Address(pattern(each.path()), null)).toList();
    this.all = this.controllers;
  }

  /**
   * The routes at an address that take a method, the most specific path first; all at the address
   * where none takes it, and none where a controller serves it.
   *
   * @param uri the path as it was sent
   */
  List<RouteConsumer> at(String uri, String method) {
    Predicate<RouteConsumer> takes = route -> route.takes(method);
    var exact = plain.getOrDefault(uri, List.of()).stream().filter(takes).toList();
    if (!exact.isEmpty()) {
      return exact;
    }
    var path = PathContainer.parsePath(uri);
    var found = all.stream().filter(each -> each.path().matches(path)).toList();
    if (found.isEmpty() || found.get(0).consumer() == null) {
      return List.of();
    }
    var routes = found.stream().map(Address::consumer).toList();
    var taking = routes.stream().filter(takes).toList();
    return taking.isEmpty() ? routes : taking;
  }

  synchronized void add(RouteConsumer route) {
    // A route that was stopped and comes again takes the place of what it was.
    keep(
        Stream.concat(
            all.stream().filter(each -> each.consumer() == null || !each.consumer().isLike(route)),
            Stream.of(new Address(pattern(route.path()), route))));
  }

  synchronized void remove(RouteConsumer route) {
    keep(all.stream().filter(each -> each.consumer() != route));
  }

  private void keep(Stream<Address> addresses) {
    var sorted = new ArrayList<>(addresses.toList());
    sorted.sort(Comparator.comparing(Address::path));
    plain =
        sorted.stream()
            .filter(each -> each.consumer() != null && !each.path().hasPatternSyntax())
            .map(Address::consumer)
            .collect(Collectors.groupingBy(RouteConsumer::path));
    all = List.copyOf(sorted);
  }

  private static PathPattern pattern(String path) {
    return PathPatternParser.defaultInstance.parse(path);
  }
}
