package com.callback.messaging.platform.http;

import org.apache.camel.Processor;
import org.apache.camel.component.platform.http.PlatformHttpConstants;
import org.apache.camel.component.platform.http.PlatformHttpEndpoint;
import org.apache.camel.component.platform.http.spi.PlatformHttpConsumer;
import org.apache.camel.component.platform.http.spi.PlatformHttpEngine;
import org.springframework.stereotype.Component;

/** Serves {@code platform-http:} routes by the web server's own threads. */
@Component(PlatformHttpConstants.PLATFORM_HTTP_ENGINE_NAME)
class RouteEngine implements PlatformHttpEngine {

  private final RouteAddresses addresses;
  private final HeaderAllowList headers;
  private final Problems failures;
  private final ProblemWriter problems;

  RouteEngine(
      RouteAddresses addresses,
      HeaderAllowList headers,
      Problems failures,
      ProblemWriter problems) {
    this.addresses = addresses;
    this.headers = headers;
    this.failures = failures;
    this.problems = problems;
  }

  @Override
  public PlatformHttpConsumer createConsumer(PlatformHttpEndpoint endpoint, Processor route) {
    return new RouteConsumer(endpoint, route, addresses, headers, failures, problems);
  }
}
