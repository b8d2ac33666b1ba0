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

  static void keep(HttpServletRequest request, byte[] body) {
    request.setAttribute(BODY, body);
  }

  /**
   * @param most the bytes that may be kept of such a request
   * @param isForm whether files may come with it, which are not kept
   */
  static Problem tooLarge(int most, boolean isForm) {
    return Problem.of(
        413,
        "too-large",
        "The request is too large",
        isForm
            ? "A form may have %d bytes at most, and %d MB together with its files."
                .formatted(most, (most - LIMIT + LIMIT_WITH_FILES) / 1_048_576)
            : "A request may have %d bytes at most.".formatted(most));
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
