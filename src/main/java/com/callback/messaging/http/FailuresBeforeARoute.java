package com.callback.messaging.http;

import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.HttpMediaTypeNotSupportedException;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.servlet.resource.NoResourceFoundException;

/**
 * Answers what fails before a route has begun: a full pool, and requests that nothing here is for.
 * Says nothing of what the request held.
 */
@RestControllerAdvice
@Order(Ordered.HIGHEST_PRECEDENCE)
class FailuresBeforeARoute {

  @ExceptionHandler(RejectedExecutionException.class)
  ResponseEntity<Problem> full() {
    return answer(Problems.UNAVAILABLE, retryAfterASecond());
  }

  @ExceptionHandler(HttpMediaTypeNotSupportedException.class)
  ResponseEntity<Problem> unsupportedType() {
    return answer(
        plain(
            HttpStatus.UNSUPPORTED_MEDIA_TYPE,
            "Send application/json, application/x-www-form-urlencoded or multipart/form-data, and say so in Content-Type."),
        HttpHeaders.EMPTY);
  }

  @ExceptionHandler(HttpRequestMethodNotSupportedException.class)
  ResponseEntity<Problem> unsupportedMethod(HttpRequestMethodNotSupportedException failure) {
    return answer(
        plain(HttpStatus.METHOD_NOT_ALLOWED, "Use one of the methods that Allow lists."),
        failure.getHeaders());
  }

  @ExceptionHandler(NoResourceFoundException.class)
  ResponseEntity<Problem> nothing() {
    return answer(
        plain(HttpStatus.NOT_FOUND, "There is nothing at this address."), HttpHeaders.EMPTY);
  }

  private static Problem plain(HttpStatus status, String detail) {
    return new Problem(
        "about:blank", status.getReasonPhrase(), status.value(), detail, List.of(), null);
  }

  private static HttpHeaders retryAfterASecond() {
    var headers = new HttpHeaders();
    headers.set(HttpHeaders.RETRY_AFTER, "1");
    return headers;
  }

  private static ResponseEntity<Problem> answer(Problem problem, HttpHeaders headers) {
    return ResponseEntity.status(problem.status())
        .headers(headers)
        .contentType(MediaType.APPLICATION_PROBLEM_JSON)
        .body(problem);
  }
}
