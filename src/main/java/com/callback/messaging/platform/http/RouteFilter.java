package com.callback.messaging.platform.http;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.filter.ServerHttpObservationFilter;

/**
 * The last filter: gives a request to the route at its address, on the web server's own thread, and
 * lets all others pass to the controllers.
 */
@Component
@Order(Ordered.LOWEST_PRECEDENCE)
class RouteFilter extends OncePerRequestFilter {

  private final RouteAddresses addresses;
  private final RequestSlots slots;
  private final ProblemWriter problems;

  RouteFilter(RouteAddresses addresses, RequestSlots slots, ProblemWriter problems) {
    this.addresses = addresses;
    this.slots = slots;
    this.problems = problems;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    var routes = addresses.at(request.getRequestURI(), request.getMethod());
    if (routes.isEmpty()) {
      chain.doFilter(request, response);
      return;
    }
    ServerHttpObservationFilter.findObservationContext(request)
        .ifPresent(observed -> observed.setPathPattern(routes.get(0).path()));
    if (!routes.get(0).takes(request.getMethod())) {
      otherMethod(routes, request, response);
      return;
    }
    var type = request.getContentType();
    for (var route : routes) {
      if (route.takesType(type)) {
        serve(route, request, response);
        return;
      }
    }
    problems.write(request, response, FailuresBeforeARoute.UNSUPPORTED_TYPE);
  }

  private void otherMethod(
      List<RouteConsumer> routes, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    var methods = new TreeSet<String>();
    routes.forEach(route -> methods.addAll(route.methods()));
    if (request.getMethod().equals("OPTIONS")) {
      if (methods.contains("GET")) {
        methods.add("HEAD");
      }
      methods.add("OPTIONS");
      response.setHeader(HttpHeaders.ALLOW, String.join(", ", methods));
      return;
    }
    problems.write(
        request,
        response,
        FailuresBeforeARoute.UNSUPPORTED_METHOD.withHeaders(
            Map.of(HttpHeaders.ALLOW, String.join(", ", methods))));
  }

  private void serve(RouteConsumer route, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    if (slots.enter()) {
      try {
        route.serve(request, response);
      } finally {
        slots.leave();
      }
      return;
    }
    var async = request.startAsync(request, response);
    // It waits for requests that all have a time limit.
    async.setTimeout(0);
    if (!slots.enterLater(() -> begin(route, request, response, async))) {
      problems.write(request, response, Problems.UNAVAILABLE.after(1));
      async.complete();
    }
  }

  /** Runs the route of a request that has waited, on another thread of the web server. */
  private boolean begin(
      RouteConsumer route,
      HttpServletRequest request,
      HttpServletResponse response,
      AsyncContext async) {
    try {
      async.start(
          () -> {
            try {
              route.serve(request, response);
            } catch (IOException e) {
              // The caller has gone before the answer was written.
            } finally {
              end(async);
              slots.leave();
            }
          });
      return true;
    } catch (IllegalStateException e) {
      return false;
    }
  }

  private static void end(AsyncContext async) {
    try {
      async.complete();
    } catch (IllegalStateException e) {
      // The web server has ended it, because its caller has gone.
    }
  }
}
