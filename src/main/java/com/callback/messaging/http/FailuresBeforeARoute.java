package com.callback.messaging.http;

import java.util.concurrent.RejectedExecutionException;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.multipart.MaxUploadSizeExceededException;
import org.springframework.web.multipart.MultipartException;

/**
 * Answers what fails before a route has begun: a full pool, and forms that cannot be taken apart.
 */
@RestControllerAdvice
class FailuresBeforeARoute {

  @ExceptionHandler(RejectedExecutionException.class)
  ResponseEntity<Problem> full() {
    return answer(Problems.UNAVAILABLE);
  }

  @ExceptionHandler(MaxUploadSizeExceededException.class)
  ResponseEntity<Problem> tooLarge() {
    return answer(
        Problem.of(
            413,
            "too-large",
            "The request is too large",
            "A request may have " + BodyLimit.LIMIT + " bytes at most."));
  }

  @ExceptionHandler(MultipartException.class)
  ResponseEntity<Problem> unreadable() {
    return answer(
        Problem.of(
            400,
            "unreadable-body",
            "The form cannot be read",
            "The body is not multipart/form-data as its Content-Type announces."));
  }

  private static ResponseEntity<Problem> answer(Problem problem) {
    var answer =
        ResponseEntity.status(HttpStatus.valueOf(problem.status()))
            .contentType(MediaType.APPLICATION_PROBLEM_JSON);
    return (problem.status() == 503 ? answer.header("Retry-After", "1") : answer).body(problem);
  }
}
