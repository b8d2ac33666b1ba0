package com.callback.messaging.platform.http;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.SmartLifecycle;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Before anything else stops, readiness says so and requests are served on for a while, so that a
 * balancer has time to send callers elsewhere. Connections are closed after their next answer.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
class StopNotice extends OncePerRequestFilter implements SmartLifecycle {

  private final ApplicationEventPublisher events;
  private final Duration serveOn;
  private volatile boolean running;
  private volatile boolean stopping;

  StopNotice(ApplicationEventPublisher events, StopSettings stop, Environment settings) {
    this.events = events;
    this.serveOn = stop.serveOn(settings);
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain rest)
      throws IOException, ServletException {
    if (stopping) {
      response.setHeader(HttpHeaders.CONNECTION, "close");
    }
    rest.doFilter(request, response);
  }

  @Override
  public void start() {
    running = true;
    stopping = false;
  }

  @Override
  public void stop() {
    stopping = true;
    AvailabilityChangeEvent.publish(events, this, ReadinessState.REFUSING_TRAFFIC);
    try {
      TimeUnit.MILLISECONDS.sleep(serveOn.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    running = false;
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  /** A context that pauses does not end: nobody has to be sent elsewhere. */
  @Override
  public boolean isPauseable() {
    return false;
  }

  /** Stops before everything else, the sending included. */
  @Override
  public int getPhase() {
    return Integer.MAX_VALUE;
  }
}
