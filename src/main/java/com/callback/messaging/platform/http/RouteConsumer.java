package com.callback.messaging.platform.http;

import static java.util.Objects.requireNonNull;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePattern;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.apache.camel.StreamCache;
import org.apache.camel.Suspendable;
import org.apache.camel.component.platform.http.PlatformHttpEndpoint;
import org.apache.camel.component.platform.http.spi.PlatformHttpConsumer;
import org.apache.camel.spi.HeaderFilterStrategy;
import org.apache.camel.support.DefaultConsumer;
import org.springframework.http.HttpHeaders;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;

/**
 * Gives requests to a route, and its answers to callers. A route gets the request itself in the
 * header {@code CamelHttpServletRequest}, the parameters of path and query as headers, and the body
 * as bytes unless it is a form's. The request's own headers are not copied: routes ask the request.
 */
class RouteConsumer extends DefaultConsumer implements PlatformHttpConsumer, Suspendable {

  private static final String REQUEST = "CamelHttpServletRequest";

  private final RouteAddresses addresses;
  private final HeaderFilterStrategy headers;
  private final Problems failures;
  private final ProblemWriter problems;
  private final Set<String> methods;
  private final List<MediaType> types;
  private final String[] pathParts;

  RouteConsumer(
      PlatformHttpEndpoint endpoint,
      Processor route,
      RouteAddresses addresses,
      HeaderFilterStrategy headers,
      Problems failures,
      ProblemWriter problems) {
    super(endpoint, route);
    this.addresses = addresses;
    this.headers = headers;
    this.failures = failures;
    this.problems = problems;
    this.methods = new TreeSet<>(listed(endpoint.getHttpMethodRestrict()));
    this.types = listed(endpoint.getConsumes()).stream().map(MediaType::parseMediaType).toList();
    this.pathParts = endpoint.getPath().split("/", -1);
  }

  private static List<String> listed(String texts) {
    return texts == null
        ? List.of()
        : Stream.of(texts.split(",")).map(String::strip).filter(text -> !text.isEmpty()).toList();
  }

  @Override
  public PlatformHttpEndpoint getEndpoint() {
    return (PlatformHttpEndpoint) super.getEndpoint();
  }

  @Override
  protected void doStart() throws Exception {
    super.doStart();
    addresses.add(this);
  }

  @Override
  protected void doStop() throws Exception {
    // While the service stops, its addresses are not gone: callers are told to come again.
    if (getEndpoint().getCamelContext().isStarted()) {
      addresses.remove(this);
    }
    super.doStop();
  }

  /** Its path, with parameters in braces. */
  String path() {
    return getEndpoint().getPath();
  }

  /** The methods that it takes; empty for all. */
  Set<String> methods() {
    return Collections.unmodifiableSet(methods);
  }

  /** Whether it takes a method; one that takes GET takes HEAD. */
  boolean takes(String method) {
    return methods.isEmpty()
        || methods.contains(method)
        || method.equals("HEAD") && methods.contains("GET");
  }

  /**
   * Whether it takes a body of this type.
   *
   * @param contentType null where the request names none
   */
  boolean takesType(String contentType) {
    if (types.isEmpty()) {
      return true;
    }
    try {
      var type =
          contentType == null || contentType.isEmpty()
              ? MediaType.APPLICATION_OCTET_STREAM
              : MediaType.parseMediaType(contentType);
      return types.stream().anyMatch(taken -> taken.includes(type));
    } catch (InvalidMediaTypeException e) {
      return false;
    }
  }

  /** Whether the two would serve the same requests. */
  boolean isLike(RouteConsumer other) {
    return path().equals(other.path())
        && methods.equals(other.methods)
        && types.equals(other.types);
  }

  /** Runs the route for a request, and answers. */
  void serve(HttpServletRequest request, HttpServletResponse response) throws IOException {
    if (!isStarted()) {
      problems.write(request, response, Problems.UNAVAILABLE);
      return;
    }
    var exchange = createExchange(false);
    try {
      run(request, exchange);
      answer(exchange, request, response);
    } catch (RuntimeException e) {
      problems.write(request, response, failures.of(e));
    } finally {
      doneUoW(exchange);
      releaseExchange(exchange, false);
    }
  }

  private void run(HttpServletRequest request, Exchange exchange) {
    exchange.setPattern(ExchangePattern.InOut);
    read(request, exchange.getMessage());
    try {
      createUoW(exchange);
      getProcessor().process(exchange);
    } catch (Exception e) {
      exchange.setException(e);
    }
  }

  private void read(HttpServletRequest request, Message message) {
    var given = message.getHeaders();
    request
        .getParameterMap()
        .forEach(
            (name, values) -> {
              var value = values.length == 1 ? values[0] : List.of(values);
              if (!headers.applyFilterToExternalHeaders(name, value, message.getExchange())) {
                given.put(name, value);
              }
            });
    var parts = request.getRequestURI().split("/", -1);
    for (int i = 0; i < pathParts.length; i++) {
      if (pathParts[i].startsWith("{")) {
        given.put(pathParts[i].substring(1, pathParts[i].length() - 1), parts[i]);
      }
    }
    given.put(REQUEST, request);
    var body = BodyLimit.bodyOf(request);
    if (body.length > 0 && !WaitsForAPage.isForm(request)) {
      message.setBody(body);
    }
  }

  private void answer(Exchange exchange, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    if (exchange.getException() != null) {
      problems.write(request, response, failures.of(exchange.getException()));
      return;
    }
    var message = exchange.getMessage();
    var body = message.getBody();
    var isEmpty = body == null || body instanceof String text && text.isBlank();
    var status = message.getHeader(Exchange.HTTP_RESPONSE_CODE, Integer.class);
    response.setStatus(status == null ? (isEmpty ? 204 : 200) : status);
    message.getHeaders().forEach((name, value) -> head(name, value, exchange, response));
    if (!isEmpty) {
      write(body, message, response);
    }
  }

  private void head(String name, Object value, Exchange exchange, HttpServletResponse response) {
    if (value == null || headers.applyFilterToCamelHeaders(name, value, exchange)) {
      return;
    }
    if (name.equalsIgnoreCase(HttpHeaders.CONTENT_TYPE)) {
      response.setContentType(value.toString());
    } else if (value instanceof Iterable<?> values) {
      values.forEach(each -> response.addHeader(name, each.toString()));
    } else {
      response.addHeader(name, value.toString());
    }
  }

  private static void write(Object body, Message message, HttpServletResponse response)
      throws IOException {
    if (body instanceof String text) {
      write(text.getBytes(StandardCharsets.UTF_8), response);
    } else if (body instanceof byte[] bytes) {
      write(bytes, response);
    } else if (body instanceof StreamCache cache) {
      cache.writeTo(response.getOutputStream());
    } else {
      try (InputStream stream = message.getBody(InputStream.class)) {
        requireNonNull(stream, "A body is text, bytes or a stream")
            .transferTo(response.getOutputStream());
      }
    }
  }

  private static void write(byte[] bytes, HttpServletResponse response) throws IOException {
    response.setContentLength(bytes.length);
    response.getOutputStream().write(bytes);
  }
}
