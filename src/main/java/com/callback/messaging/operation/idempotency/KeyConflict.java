package com.callback.messaging.operation.idempotency;

import com.callback.messaging.platform.http.Problem;
import com.callback.messaging.platform.http.Problem.FieldError;
import java.util.List;

/** What a request is told whose {@code Idempotency-Key} another one has. */
public final class KeyConflict {

  /** The other one is not over. */
  public static final Problem RUNNING =
      Problem.of(
              409,
              "request-running",
              "The same request is being processed",
              "Wait a second and send it again, with the same Idempotency-Key.")
          .after(1);

  /** The other one said something else. */
  public static final Problem OTHER_BODY =
      Problem.of(
              422,
              "key-used-otherwise",
              "This Idempotency-Key was used for another request",
              "Give a new key for a new request; repeat an old one only with the same body.")
          .with(List.of(new FieldError("Idempotency-Key", "Give a new key for a new request.")));

  private KeyConflict() {}
}
