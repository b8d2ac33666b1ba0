package com.callback.messaging.people.signin;

import com.callback.messaging.operation.caller.SessionCookie;
import com.callback.messaging.operation.contract.Operations;
import com.callback.messaging.platform.http.Problem;
import com.callback.messaging.platform.http.ProblemWriter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.core.annotation.Order;
import org.springframework.security.web.csrf.CookieCsrfTokenRepository;
import org.springframework.security.web.csrf.CsrfFilter;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.security.web.csrf.CsrfTokenRequestAttributeHandler;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * A browser sends the session's cookie along whoever made it ask, so what changes something must
 * also say in a header what only our own pages can read. Keys and tokens are sent on purpose only.
 */
@Component
@Order(25)
class CsrfProtection extends OncePerRequestFilter {

  private static final String COOKIE = "XSRF-TOKEN";

  private final SessionCookie session;
  private final Operations operations;
  private final CsrfFilter filter;

  CsrfProtection(SessionCookie session, Operations operations, ProblemWriter problems) {
    this.operations = operations;
    this.session = session;
    var tokens = CookieCsrfTokenRepository.withHttpOnlyFalse();
    tokens.setCookieName(session.isSecure() ? "__Host-" + COOKIE : COOKIE);
    tokens.setCookiePath("/");
    tokens.setCookieCustomizer(cookie -> cookie.secure(session.isSecure()).sameSite("Lax"));
    this.filter = new CsrfFilter(tokens);
    var handler = new InTheHeaderOnly();
    // Made at once, so that the cookie is set before an answer begins.
    handler.setCsrfRequestAttributeName(null);
    filter.setRequestHandler(handler);
    filter.setAccessDeniedHandler(
        (request, response, denied) ->
            problems.write(
                request,
                response,
                Problem.of(
                    403,
                    "missing-csrf-token",
                    "The CSRF token is missing",
                    "Send the CSRF header and token from GET /api/session, or a bearer credential instead of the cookie.")));
  }

  @Override
  protected boolean shouldNotFilter(HttpServletRequest request) {
    // As it is routed: in the address as it was sent any letter may be written as %xx.
    return !request.getServletPath().startsWith("/api/")
        // Whoever sends a lead, or asks for a link to sign in, acts for nobody: the cookie means
        // nothing there, whether it is good or long over.
        || !operations.takesSession(request.getMethod(), request.getServletPath())
        || request.getHeader("Authorization") != null
        || session.values(request).isEmpty();
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    filter.doFilter(request, response, chain);
  }

  /** The contract names no parameter for it, and a look for one would read forms. */
  private static final class InTheHeaderOnly extends CsrfTokenRequestAttributeHandler {

    @Override
    public String resolveCsrfTokenValue(HttpServletRequest request, CsrfToken token) {
      return request.getHeader(token.getHeaderName());
    }
  }
}
