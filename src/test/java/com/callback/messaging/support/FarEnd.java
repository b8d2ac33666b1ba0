package com.callback.messaging.support;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;

/**
 * A receiver that answers as a test tells it to, 200 when it was told nothing, and remembers every
 * call.
 */
public final class FarEnd implements AutoCloseable {

  private final HttpServer server;
  private final Queue<Answer> answers = new ConcurrentLinkedQueue<>();
  private final Map<String, Answer> answersByPart = new ConcurrentHashMap<>();
  private final List<Call> calls = new CopyOnWriteArrayList<>();
  private volatile Answer usual = new Answer(200, Map.of(), "");
  private volatile CountDownLatch gate = new CountDownLatch(0);

  public FarEnd() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/", this::take);
    server.setExecutor(
        Executors.newCachedThreadPool(
            task -> {
              var thread = new Thread(task, "far-end");
              thread.setDaemon(true);
              return thread;
            }));
    server.start();
  }

  /** One call as it came. Names of headers are in lower case. */
  public record Call(String path, Map<String, String> headers, String body) {}

  private record Answer(int status, Map<String, String> headers, String body) {}

  /** The next call not yet spoken for is answered so. */
  public FarEnd answers(int status, Map<String, String> headers, String body) {
    answers.add(new Answer(status, headers, body));
    return this;
  }

  /** Each call with this in its body is answered so; with 0, the connection is closed instead. */
  public FarEnd answersTo(String part, int status, Map<String, String> headers, String body) {
    answersByPart.put(part, new Answer(status, headers, body));
    return this;
  }

  /** The next call is answered with a body that does not end. */
  public FarEnd answersWithoutEnd(int status) {
    return answers(status, Map.of(), null);
  }

  public FarEnd answers(int status) {
    return answers(status, Map.of(), "");
  }

  /** Calls that nothing else was said for are answered so. */
  public FarEnd usually(int status, Map<String, String> headers, String body) {
    usual = new Answer(status, headers, body);
    return this;
  }

  /** From now on calls wait until {@link #letGo()}. */
  public void hang() {
    gate = new CountDownLatch(1);
  }

  public void letGo() {
    gate.countDown();
  }

  public String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/hook";
  }

  public List<Call> calls() {
    return calls;
  }

  @Override
  public void close() {
    letGo();
    server.stop(0);
  }

  private void take(HttpExchange exchange) throws IOException {
    var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    var headers = new java.util.TreeMap<String, String>();
    exchange
        .getRequestHeaders()
        .forEach(
            (name, values) -> headers.put(name.toLowerCase(java.util.Locale.ROOT), values.get(0)));
    calls.add(new Call(exchange.getRequestURI().getPath(), headers, body));
    await();
    var answer = answerTo(body);
    if (answer.status() == 0) {
      exchange.close();
      return;
    }
    if (answer.body() == null) {
      writeWithoutEnd(exchange, answer.status());
      return;
    }
    answer.headers().forEach(exchange.getResponseHeaders()::set);
    var bytes = answer.body().getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(answer.status(), bytes.length == 0 ? -1 : bytes.length);
    if (bytes.length > 0) {
      exchange.getResponseBody().write(bytes);
    }
    exchange.close();
  }

  private Answer answerTo(String body) {
    return answersByPart.entrySet().stream()
        .filter(answer -> body.contains(answer.getKey()))
        .findFirst()
        .map(Map.Entry::getValue)
        .orElseGet(() -> answers.isEmpty() ? usual : answers.remove());
  }

  private static void writeWithoutEnd(HttpExchange exchange, int status) throws IOException {
    exchange.sendResponseHeaders(status, 0);
    var piece = "x".repeat(8_192).getBytes(StandardCharsets.UTF_8);
    try {
      while (true) {
        exchange.getResponseBody().write(piece);
      }
    } catch (IOException e) {
      // The caller has heard enough.
      exchange.close();
    }
  }

  private void await() {
    try {
      gate.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
