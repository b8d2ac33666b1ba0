package com.callback.messaging.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Arrays;
import java.util.Collections;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** Those who work in the inbox, several at once. */
final class Inbox {

  static final int CALLERS = 4;

  private static final String FUNNEL = "0d3c6f5e-8a51-4d0e-9a44-5f1f3c0b7a10";

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final String address;
  private final String key;
  private final int callers;

  Inbox(int port, String key, int callers) {
    this.address = "http://127.0.0.1:" + port;
    this.key = key;
    this.callers = callers;
  }

  /** How long each answer took, and how many were none. */
  record Answers(double[] millis, int refused) {}

  /** Every caller asks so many times, one after the other. */
  Answers ask(Supplier<String> path, int times) {
    var refused = new AtomicInteger();
    Callable<double[]> caller =
        () -> IntStream.range(0, times).mapToDouble(call -> millis(path.get(), refused)).toArray();
    var pool = Executors.newFixedThreadPool(callers);
    try {
      var millis =
          pool.invokeAll(Collections.nCopies(callers, caller)).stream()
              .flatMapToDouble(done -> Arrays.stream(result(done)))
              .toArray();
      return new Answers(millis, refused.get());
    } catch (InterruptedException e) {
      throw interrupted(e);
    } finally {
      pool.shutdown();
    }
  }

  /** Somebody asks for a call back. */
  void lead(String number) {
    var lead =
        "{\"funnelId\":\"%s\",\"contactName\":\"Ada %s\",\"contactPhone\":\"+61 4%s\"}"
            .formatted(FUNNEL, number, number);
    send(
        HttpRequest.newBuilder(URI.create(address + "/api/messages"))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(lead)),
        BodyHandlers.discarding());
  }

  /** How many lines an answer has, which need not fit into memory. */
  long lines(String path) {
    return send(HttpRequest.newBuilder(URI.create(address + path)), BodyHandlers.ofLines())
        .body()
        .count();
  }

  private double millis(String path, AtomicInteger refused) {
    long begun = System.nanoTime();
    var answer =
        send(HttpRequest.newBuilder(URI.create(address + path)), BodyHandlers.ofByteArray());
    if (answer.statusCode() != 200) {
      refused.incrementAndGet();
    }
    return (System.nanoTime() - begun) / 1e6;
  }

  private <T> HttpResponse<T> send(HttpRequest.Builder request, BodyHandler<T> how) {
    try {
      return http.send(request.header("Authorization", "Bearer " + key).build(), how);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  private static double[] result(Future<double[]> done) {
    try {
      return done.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  private static IllegalStateException interrupted(InterruptedException e) {
    Thread.currentThread().interrupt();
    return new IllegalStateException(e);
  }
}
