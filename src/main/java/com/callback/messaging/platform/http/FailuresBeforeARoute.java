package com.callback.messaging.platform.http;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.HttpMediaTypeNotSupportedException;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.servlet.resource.NoResourceFoundException;

/**
 * Answers requests that neither a route nor a controller is for. Says nothing of what the request
 * held.
 */
@RestControllerAdvice
@Order(Ordered.HIGHEST_PRECEDENCE)
class FailuresBeforeARoute {

  static final Problem UNSUPPORTED_TYPE =
      plain(
          HttpStatus.UNSUPPORTED_MEDIA_TYPE,
          "Send application/json, application/x-www-form-urlencoded or multipart/form-data, and say so in Content-Type.");

  static final Problem UNSUPPORTED_METHOD =
      plain(HttpStatus.METHOD_NOT_ALLOWED, "Use one of the methods that Allow lists.");

  private static final Problem NOTHING =
      plain(HttpStatus.NOT_FOUND, "Nothing exists at this address.");

  private final ProblemWriter problems;

  FailuresBeforeARoute(ProblemWriter problems) {
    this.problems = problems;
  }

  @ExceptionHandler(HttpMediaTypeNotSupportedException.class)
  void unsupportedType(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    problems.write(request, response, UNSUPPORTED_TYPE);
  }

  @ExceptionHandler(HttpRequestMethodNotSupportedException.class)
  void unsupportedMethod(
      HttpRequestMethodNotSupportedException failure,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    var methods = failure.getHeaders().getOrEmpty(HttpHeaders.ALLOW);
    problems.write(
        request,
        response,
        methods.isEmpty()
            ? UNSUPPORTED_METHOD
            : UNSUPPORTED_METHOD.withHeaders(Map.of(HttpHeaders.ALLOW, String.join(",", methods))));
  }

  @ExceptionHandler(NoResourceFoundException.class)
  void nothing(HttpServletRequest request, HttpServletResponse response) throws IOException {
    problems.write(request, response, NOTHING);
  }

  private static Problem plain(HttpStatus status, String detail) {
    return new Problem(
        "about:blank", status.getReasonPhrase(), status.value(), detail, List.of(), null);
  }
}
