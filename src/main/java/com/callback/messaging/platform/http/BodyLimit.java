package com.callback.messaging.platform.http;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Refuses a request whose body was too large or came too slowly; {@link BodyReader} has read it
 * before. It stands behind the rules for other origins, so that their pages may read the problem.
 */
@Component
@Order(20)
public class BodyLimit extends OncePerRequestFilter {

  /** The largest body, in bytes; the files of a multipart form do not count. */
  public static final int LIMIT = 65_536;

  /** The largest multipart body with its files, in bytes. */
  public static final int LIMIT_WITH_FILES = 16 * 1_048_576;

  /** The largest batch of a provider's receipts, in bytes; SendGrid sends at most 768 kB. */
  static final int LIMIT_OF_RECEIPTS = 2 * 1_048_576;

  /** Where providers send receipts. */
  private static final String RECEIPTS = "/api/receipts/";

  static final Problem TOO_LARGE =
      Problem.of(
          413,
          "too-large",
          "The request is too large",
          "A request may have " + LIMIT + " bytes at most.");

  static final Problem TOO_LARGE_WITH_FILES =
      Problem.of(
          413,
          "too-large",
          "The request is too large",
          "A form may have " + LIMIT + " bytes at most, and 16 MB together with its files.");

  static final Problem TOO_MANY_RECEIPTS =
      Problem.of(
          413,
          "too-large",
          "The request is too large",
          "A batch of receipts may have " + LIMIT_OF_RECEIPTS + " bytes at most.");

  static final Problem TOO_SLOW =
      Problem.of(
          400,
          "unreadable-body",
          "The body cannot be read",
          "The body did not arrive in time. Send it again.");

  private static final String BODY = BodyLimit.class.getName();
  private static final String REFUSED = BODY + ".refused";

  private final ProblemWriter problems;

  BodyLimit(ProblemWriter problems) {
    this.problems = problems;
  }

  /** The bytes of a body; those of a multipart form without what its files hold. */
  public static byte[] bodyOf(HttpServletRequest request) {
    return request.getAttribute(BODY) instanceof byte[] body ? body : new byte[0];
  }

  /** Whether a provider sends receipts to this address. */
  static boolean takesReceipts(HttpServletRequest request) {
    return request.getRequestURI().startsWith(RECEIPTS);
  }

  static void keep(HttpServletRequest request, byte[] body) {
    request.setAttribute(BODY, body);
  }

  static void refuse(HttpServletRequest request, Problem problem) {
    request.setAttribute(REFUSED, problem);
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    if (request.getAttribute(REFUSED) instanceof Problem problem) {
      problems.write(request, response, problem);
      return;
    }
    chain.doFilter(request, response);
  }
}
