package com.callback.messaging.delivery.subscription;

import com.callback.messaging.platform.http.Problem;
import com.callback.messaging.platform.http.Problem.FieldError;
import com.callback.messaging.platform.http.RequestRefusedException;
import java.util.List;

/** A body that keeps to its schema and is wrong all the same. */
final class SubscriptionProblems {

  private SubscriptionProblems() {}

  static RequestRefusedException of(List<FieldError> errors) {
    return new RequestRefusedException(
        Problem.of(
                400,
                "invalid-body",
                "The body has errors",
                "Fix the listed fields and send it again.")
            .with(errors));
  }
}
