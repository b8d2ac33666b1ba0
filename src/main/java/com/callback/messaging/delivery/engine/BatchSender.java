package com.callback.messaging.delivery.engine;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.springframework.stereotype.Component;

/**
 * Sends a batch of written requests, many at once and without a thread for each. A response is
 * recorded when it comes; only a failure becomes an exchange, which the rules in {@code
 * errors.yaml} decide about.
 */
@Component
public class BatchSender {

  private static final int UNAUTHORIZED = 401;

  private final AsyncClient client;
  private final RetryPolicy retryPolicy;
  private final ResponseText responseText;
  private final RequestRecorder requestRecorder;
  private final Attempts attempts;
  private final SharedSender sharedSender;

  BatchSender(
      AsyncClient client,
      RetryPolicy retryPolicy,
      ResponseText responseText,
      RequestRecorder requestRecorder,
      Attempts attempts,
      SharedSender sharedSender) {
    this.client = client;
    this.retryPolicy = retryPolicy;
    this.responseText = responseText;
    this.requestRecorder = requestRecorder;
    this.attempts = attempts;
    this.sharedSender = sharedSender;
  }

  /** Sends the requests, and returns at once. One that was not written fails, and no other. */
  public void send(List<Attempt> batch) {
    var shared = new LinkedHashSet<SharedRequest>();
    for (var attempt : batch) {
      if (attempt.shared() == null || attempt.failure() != null) {
        send(attempt);
      } else {
        shared.add(attempt.shared());
      }
    }
    shared.forEach(each -> sharedSender.send(each, this::send));
  }

  private void send(Attempt attempt) {
    attempt.begins();
    try {
      first(attempt).whenComplete((response, failure) -> ended(attempt, failure));
    } catch (RuntimeException | Error e) {
      attempts.failed(attempt, e);
    }
  }

  private CompletionStage<Void> first(Attempt attempt) {
    return attempt.failure() == null
        ? request(attempt)
        : CompletableFuture.failedStage(attempt.failure());
  }

  private void ended(Attempt attempt, Throwable failure) {
    if (failure == null) {
      attempts.accepted(attempt);
    } else {
      attempts.failed(attempt, failure);
    }
  }

  /**
   * The response to an attempt's request: first that of the request that was sent with the batch,
   * which is known to have failed; when repeated, that of a new request.
   */
  public CompletionStage<Void> response(Attempt attempt) {
    var failure = attempt.takeFailure();
    return failure == null ? request(attempt) : CompletableFuture.failedStage(failure);
  }

  /** Makes the request in its turn; fails unless the remote server accepts it. */
  private CompletionStage<Void> request(Attempt attempt) {
    var pace = attempt.request().pace();
    return pace == null ? post(attempt) : pace.turn().thenCompose(begins -> post(attempt));
  }

  private CompletionStage<Void> post(Attempt attempt) {
    var request = attempt.request();
    return request.authorization() == null
        ? post(attempt, request)
        : postAuthorized(attempt, request);
  }

  /** What a server refuses may have been revoked before its time: it is replaced, once. */
  private CompletionStage<Void> postAuthorized(Attempt attempt, OutgoingRequest request) {
    var authorization = request.authorization();
    return authorization
        .header()
        .thenCompose(
            header ->
                post(attempt, request.withAuthorization(header))
                    .exceptionallyCompose(
                        failure -> {
                          if (!isUnauthorized(failure)) {
                            return CompletableFuture.failedStage(failure);
                          }
                          authorization.refused(header);
                          return authorization
                              .header()
                              .thenCompose(
                                  fresh -> post(attempt, request.withAuthorization(fresh)));
                        }));
  }

  private static boolean isUnauthorized(Throwable failure) {
    return Causes.of(failure, UnsuccessfulResponseException.class)
        .filter(answered -> answered.status() == UNAUTHORIZED)
        .isPresent();
  }

  private CompletionStage<Void> post(Attempt attempt, OutgoingRequest request) {
    var begun = requestRecorder.begin();
    var accepted = new CompletableFuture<Void>();
    client
        .post(request, retryPolicy.mayArriveTwice(attempt.channel()))
        .whenComplete(
            (response, failure) -> {
              try {
                var refusal = failure == null ? refusal(attempt, response) : failure;
                requestRecorder.record(
                    attempt.requests(),
                    begun,
                    refusal,
                    response == null ? null : response.status(),
                    response == null ? null : responseText.of(response.body()));
                complete(accepted, refusal);
              } catch (RuntimeException | Error e) {
                accepted.completeExceptionally(e);
              }
            });
    return accepted;
  }

  /** Why a response is not a success; null if it is one. */
  private Exception refusal(Attempt attempt, AsyncClient.Response response) {
    try {
      retryPolicy.require2xx(
          attempt.channel(),
          response.status(),
          response.retryAfter(),
          response.location(),
          responseText.of(response.body()));
      attempt.accepted(attempt.request().reading().reference(response.body()));
      return null;
    } catch (Exception e) {
      return e;
    }
  }

  private static void complete(CompletableFuture<Void> accepted, Throwable failure) {
    if (failure == null) {
      accepted.complete(null);
    } else {
      accepted.completeExceptionally(failure);
    }
  }
}
