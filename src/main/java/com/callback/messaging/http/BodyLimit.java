package com.callback.messaging.http;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Enumeration;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Reads a request's body up to 64 KiB, also where no length was announced, and keeps its bytes for
 * {@link #bodyOf}. A larger one is refused with 413. Multipart bodies are parsed, and limited
 * alike, by the container.
 */
@Component
@Order(20)
public class BodyLimit extends OncePerRequestFilter {

  /** The largest body, in bytes. */
  public static final int LIMIT = 65_536;

  static final Problem TOO_LARGE =
      Problem.of(
          413,
          "too-large",
          "The request is too large",
          "A request may have " + LIMIT + " bytes at most.");

  /** A body that drips would hold a thread of the web server for as long as it likes. */
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(10);

  private static final Problem TOO_SLOW =
      Problem.of(
          400,
          "unreadable-body",
          "The body cannot be read",
          "The body did not arrive in time. Send it again.");

  private static final String ATTRIBUTE = BodyLimit.class.getName();

  private final ProblemWriter problems;

  BodyLimit(ProblemWriter problems) {
    this.problems = problems;
  }

  /** The bytes of a body that is not multipart. */
  public static byte[] bodyOf(HttpServletRequest request) {
    return request.getAttribute(ATTRIBUTE) instanceof byte[] body ? body : new byte[0];
  }

  private static boolean isMultipart(HttpServletRequest request) {
    return isOf("multipart/", request);
  }

  private static boolean isUrlencoded(HttpServletRequest request) {
    return isOf("application/x-www-form-urlencoded", request);
  }

  private static boolean isOf(String kind, HttpServletRequest request) {
    var type = request.getContentType();
    return type != null && type.toLowerCase(Locale.ROOT).startsWith(kind);
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    if (request.getContentLengthLong() > LIMIT) {
      problems.write(response, TOO_LARGE);
      return;
    }
    if (isMultipart(request)) {
      chain.doFilter(request, response);
      return;
    }
    var body = read(request.getInputStream());
    if (body == null) {
      problems.write(response, TOO_SLOW);
      return;
    }
    if (body.length > LIMIT) {
      problems.write(response, TOO_LARGE);
      return;
    }
    request.setAttribute(ATTRIBUTE, body);
    // Camel decodes forms by halves, and fails on odd ones: it gets none to see.
    chain.doFilter(new Reread(request, isUrlencoded(request) ? new byte[0] : body), response);
  }

  /** The body up to one byte more than it may have; null when it does not come in time. */
  private static byte[] read(InputStream input) throws IOException {
    var body = new ByteArrayOutputStream();
    var buffer = new byte[8_192];
    var end = System.nanoTime() + PATIENCE_NANOS;
    try {
      int count;
      while ((count = input.read(buffer, 0, Math.min(buffer.length, LIMIT + 1 - body.size())))
          > 0) {
        body.write(buffer, 0, count);
        if (body.size() > LIMIT) {
          break;
        }
        if (System.nanoTime() - end > 0) {
          return null;
        }
      }
    } catch (SocketTimeoutException e) {
      return null;
    }
    return body.toByteArray();
  }

  private static final class Reread extends HttpServletRequestWrapper {

    private final Bytes body;

    Reread(HttpServletRequest request, byte[] body) {
      super(request);
      this.body = new Bytes(body);
    }

    /**
     * Always the same: Camel asks again whenever a step has left no body, and then there is none.
     */
    @Override
    public ServletInputStream getInputStream() {
      return body;
    }

    @Override
    public int getContentLength() {
      return -1;
    }

    @Override
    public String getParameter(String name) {
      var values = getParameterMap().get(name);
      return values == null ? null : values[0];
    }

    @Override
    public String[] getParameterValues(String name) {
      return getParameterMap().get(name);
    }

    @Override
    public Enumeration<String> getParameterNames() {
      return Collections.enumeration(getParameterMap().keySet());
    }

    /** The container refuses all of them because of one that is not well formed. */
    @Override
    public Map<String, String[]> getParameterMap() {
      try {
        return super.getParameterMap();
      } catch (IllegalStateException e) {
        return Map.of();
      }
    }

    @Override
    public BufferedReader getReader() {
      return new BufferedReader(new InputStreamReader(getInputStream(), StandardCharsets.UTF_8));
    }
  }

  private static final class Bytes extends ServletInputStream {

    private final ByteArrayInputStream bytes;

    Bytes(byte[] body) {
      this.bytes = new ByteArrayInputStream(body);
    }

    @Override
    public int read() {
      return bytes.read();
    }

    @Override
    public int read(byte[] target, int offset, int length) {
      return bytes.read(target, offset, length);
    }

    @Override
    public boolean isFinished() {
      return bytes.available() == 0;
    }

    @Override
    public boolean isReady() {
      return true;
    }

    @Override
    public void setReadListener(ReadListener listener) {
      throw new IllegalStateException("The body is already read");
    }
  }
}
