package com.callback.messaging.operation.api;

import com.callback.messaging.platform.http.Problem;
import com.callback.messaging.platform.http.RequestRefusedException;
import org.springframework.stereotype.Component;

/** What an operation found. */
@Component
public class Results {

  /** There is nothing of the caller's with this id, whether or not it is somebody else's. */
  public static final Problem NOTHING =
      Problem.of(
          404,
          "not-found",
          "Not found",
          "Your business has nothing with this id. Take an id from the list.");

  Results() {}

  /**
   * The JSON that a statement gave.
   *
   * @throws RequestRefusedException 404 when it gave none: it is not there, or not the caller's
   */
  public String found(Object json) {
    return require(json, NOTHING);
  }

  /**
   * The text that a statement gave: the id of what it wrote, or JSON.
   *
   * @throws RequestRefusedException with the problem when it gave none
   */
  public static String require(Object text, Problem otherwise) {
    if (text instanceof String given) {
      return given;
    }
    throw new RequestRefusedException(otherwise);
  }

  /**
   * The row that a statement gave.
   *
   * @throws RequestRefusedException 404 when it gave none: it is not there, or not the caller's
   */
  public static <T> T requireRow(T row) {
    if (row == null) {
      throw new RequestRefusedException(NOTHING);
    }
    return row;
  }
}
