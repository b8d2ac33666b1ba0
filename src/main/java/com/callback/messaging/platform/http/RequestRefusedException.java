package com.callback.messaging.platform.http;

/** A request that is answered with a problem instead of what it asked for. */
public class RequestRefusedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient Problem problem;

  public RequestRefusedException(Problem problem) {
    super(problem.title(), null, false, false);
    this.problem = problem;
  }

  /** What the caller is told. */
  public Problem problem() {
    return problem;
  }
}
