package com.callback.messaging.platform.http;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import java.util.Enumeration;
import java.util.Map;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Lets every query through to whoever judges it and names what is wrong. Bodies are read before,
 * see {@link BodyReader}: to all that comes after, a request has no parameters but those.
 */
@Component
@Order(0)
class AnyQuery extends OncePerRequestFilter {

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    chain.doFilter(new WithQuery(request), response);
  }

  private static final class WithQuery extends HttpServletRequestWrapper {

    private final Map<String, String[]> query;

    WithQuery(HttpServletRequest request) {
      super(request);
      this.query = Collections.unmodifiableMap(Query.of(request));
    }

    @Override
    public String getParameter(String name) {
      var values = query.get(name);
      return values == null ? null : values[0];
    }

    @Override
    public String[] getParameterValues(String name) {
      return query.get(name);
    }

    @Override
    public Enumeration<String> getParameterNames() {
      return Collections.enumeration(query.keySet());
    }

    @Override
    public Map<String, String[]> getParameterMap() {
      return query;
    }
  }
}
