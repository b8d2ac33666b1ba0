package com.callback.messaging.platform.http;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Reads the body of a request before anything else looks at it. While a body is on its way it holds
 * no thread, and only the memory that its bytes take: callers may be as many and as slow as they
 * like. When the body is there, or is refused, the request begins.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
class BodyReader extends OncePerRequestFilter {

  private static final int CHUNK = 8_192;

  private final BodiesUnderWay underWay;
  private final List<BodyAllowance> allowances;

  BodyReader(BodiesUnderWay underWay, List<BodyAllowance> allowances) {
    this.underWay = underWay;
    this.allowances = allowances;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    if (request instanceof RequestWithBody) {
      chain.doFilter(request, response);
      return;
    }
    if (!mayHaveBody(request)) {
      chain.doFilter(new RequestWithBody(request), response);
      return;
    }
    var body = new ArrivingBody(request, allowed(request));
    var input = request.getInputStream();
    if (isThere(request, input, body)) {
      body.end();
      chain.doFilter(body.request(), response);
      return;
    }
    var async = request.startAsync(body.request(), response);
    async.setTimeout(body.patience().toMillis());
    var arrival = new Arrival(async, input, body);
    async.addListener(arrival);
    underWay.note(arrival, body.size());
    input.setReadListener(arrival);
  }

  private int allowed(HttpServletRequest request) {
    return allowances.stream().mapToInt(each -> each.bytes(request)).max().orElse(0);
  }

  /** Those that come on a connection of HTTP/1.1 without either have none. */
  private static boolean mayHaveBody(HttpServletRequest request) {
    return request.getContentLengthLong() > 0 || request.getHeader("Transfer-Encoding") != null;
  }

  /** Most bodies have come together with the head of their request. */
  private static boolean isThere(
      HttpServletRequest request, ServletInputStream input, ArrivingBody body) throws IOException {
    var missing = request.getContentLengthLong();
    if (missing < 0) {
      return false;
    }
    var buffer = new byte[CHUNK];
    int available;
    while (missing > 0 && (available = input.available()) > 0) {
      var count = input.read(buffer, 0, (int) Math.min(Math.min(available, CHUNK), missing));
      body.take(buffer, count);
      missing -= count;
    }
    return missing == 0 || body.isOver();
  }

  /** A body that is read as it comes; it is over once, whoever says so first. */
  private final class Arrival implements ReadListener, AsyncListener, BodiesUnderWay.Slow {

    private final AsyncContext async;
    private final ServletInputStream input;
    private final ArrivingBody body;
    private final byte[] buffer = new byte[512];
    private final AtomicBoolean over = new AtomicBoolean();

    Arrival(AsyncContext async, ServletInputStream input, ArrivingBody body) {
      this.async = async;
      this.input = input;
      this.body = body;
    }

    @Override
    public void onDataAvailable() throws IOException {
      while (!over.get() && input.isReady()) {
        var count = input.read(buffer);
        if (count < 0) {
          return;
        }
        body.take(buffer, count);
        underWay.note(this, body.size());
        if (body.isOver()) {
          begin();
        }
      }
    }

    @Override
    public void onAllDataRead() {
      begin();
    }

    @Override
    public void onTimeout(AsyncEvent event) {
      giveUp();
    }

    @Override
    public void giveUp() {
      body.refuse(BodyLimit.TOO_SLOW);
      begin();
    }

    private void begin() {
      if (over.compareAndSet(false, true)) {
        underWay.remove(this);
        body.end();
        async.dispatch();
      }
    }

    /** The connection is gone, or silent: nobody waits for an answer. */
    @Override
    public void onError(Throwable failure) {
      leave();
    }

    @Override
    public void onError(AsyncEvent event) {
      leave();
    }

    private void leave() {
      if (over.compareAndSet(false, true)) {
        underWay.remove(this);
        async.complete();
      }
    }

    @Override
    public void onComplete(AsyncEvent event) {
      // Whatever ended it has said so.
    }

    @Override
    public void onStartAsync(AsyncEvent event) {
      // Someone further on waits for something else.
    }
  }
}
