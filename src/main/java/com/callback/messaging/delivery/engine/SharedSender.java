package com.callback.messaging.delivery.engine;

import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.springframework.stereotype.Component;

/** Sends requests that carry several messages, and gives each message its own outcome. */
@Component
class SharedSender {

  private final AsyncClient client;
  private final RetryPolicy retryPolicy;
  private final ResponseText responseText;
  private final RequestRecorder requestRecorder;
  private final Attempts attempts;

  SharedSender(
      AsyncClient client,
      RetryPolicy retryPolicy,
      ResponseText responseText,
      RequestRecorder requestRecorder,
      Attempts attempts) {
    this.client = client;
    this.retryPolicy = retryPolicy;
    this.responseText = responseText;
    this.requestRecorder = requestRecorder;
    this.attempts = attempts;
  }

  /**
   * Sends it, and returns at once.
   *
   * @param alone sends an attempt by its own request: each, where the provider refuses all of them
   *     together, because one of them may be the reason
   */
  void send(SharedRequest shared, Consumer<Attempt> alone) {
    shared.attempts().forEach(Attempt::begins);
    var pace = shared.request().pace();
    if (pace == null) {
      post(shared, alone);
    } else {
      pace.turn().thenRun(() -> post(shared, alone));
    }
  }

  private void post(SharedRequest shared, Consumer<Attempt> alone) {
    var begun = requestRecorder.begin();
    response(shared)
        .whenComplete(
            (response, failure) -> {
              try {
                ended(shared, begun, responses(shared, response, failure), response);
              } catch (Exception | Error e) {
                failed(shared, begun, e, alone);
              }
            });
  }

  private CompletionStage<AsyncClient.Response> response(SharedRequest shared) {
    try {
      return client.post(shared.request(), mayArriveTwice(shared));
    } catch (RuntimeException | Error e) {
      return CompletableFuture.failedStage(e);
    }
  }

  private boolean mayArriveTwice(SharedRequest shared) {
    return retryPolicy.mayArriveTwice(shared.attempts().get(0).channel());
  }

  private SharedRequest.Responses responses(
      SharedRequest shared, AsyncClient.Response response, Throwable failure) throws Exception {
    if (failure instanceof Exception exception) {
      throw exception;
    }
    if (failure instanceof Error error) {
      throw error;
    }
    retryPolicy.require2xx(
        shared.attempts().get(0).channel(),
        response.status(),
        response.retryAfter(),
        response.location(),
        responseText.of(response.body()));
    return shared.reading().read(response.body());
  }

  private void ended(
      SharedRequest shared,
      Instant begun,
      SharedRequest.Responses responses,
      AsyncClient.Response response) {
    for (var attempt : shared.attempts()) {
      try {
        var accepted = responses.of(attempt);
        attempt.accepted(accepted.reference());
        requestRecorder.record(
            attempt.requests(), begun, null, response.status(), accepted.answer());
        attempts.accepted(attempt);
      } catch (RuntimeException | Error e) {
        failed(attempt, begun, e);
      }
    }
  }

  private void failed(
      SharedRequest shared, Instant begun, Throwable failure, Consumer<Attempt> alone) {
    var isRefused =
        shared.attempts().size() > 1 && RetryPolicy.kind(failure) == FailureKind.PERMANENT;
    for (var attempt : shared.attempts()) {
      if (isRefused) {
        alone.accept(attempt);
      } else {
        failed(attempt, begun, failure);
      }
    }
  }

  private void failed(Attempt attempt, Instant begun, Throwable failure) {
    requestRecorder.record(attempt.requests(), begun, failure, null, null);
    attempts.failed(attempt, failure);
  }
}
