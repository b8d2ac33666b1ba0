package com.callback.messaging.support;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow.Subscription;

/**
 * The first bytes of an answer that does not end, as text. It is complete before the rest is given
 * up: Java 25 takes a stream that is closed earlier for one that failed.
 */
final class Beginning implements BodySubscriber<String> {

  private final CompletableFuture<String> text = new CompletableFuture<>();
  private Subscription subscription;

  @Override
  public void onSubscribe(Subscription subscription) {
    this.subscription = subscription;
    subscription.request(1);
  }

  @Override
  public void onNext(List<ByteBuffer> bytes) {
    var first = new StringBuilder();
    bytes.forEach(each -> first.append(UTF_8.decode(each)));
    text.complete(first.toString());
    subscription.cancel();
  }

  @Override
  public void onError(Throwable failure) {
    text.completeExceptionally(failure);
  }

  @Override
  public void onComplete() {
    text.complete("");
  }

  @Override
  public CompletionStage<String> getBody() {
    return text;
  }
}
