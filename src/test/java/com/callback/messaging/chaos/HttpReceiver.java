package com.callback.messaging.chaos;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;

/** A webhook receiver or an SMS provider: only where it finds the id of a call differs. */
final class HttpReceiver implements AutoCloseable {

  /** Finds the id of the delivery in a call. */
  interface IdOf {
    String read(HttpExchange call, String body);
  }

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool(HttpReceiver::daemon);
  private final Arrivals arrivals = new Arrivals();
  private final IdOf idOf;
  private final String yes;
  private volatile Mood mood = Mood.WELL;

  /**
   * @param yes the body of an answer that takes the call
   */
  HttpReceiver(IdOf idOf, String yes) {
    this.idOf = idOf;
    this.yes = yes;
    // Without it each answer waits 40 ms for the caller's acknowledgement.
    System.setProperty("sun.net.httpserver.nodelay", "true");
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 200);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/", this::receive);
    server.setExecutor(threads);
    server.start();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  Arrivals arrivals() {
    return arrivals;
  }

  void behave(Mood now) {
    mood = now;
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  private void receive(HttpExchange call) throws IOException {
    try (call) {
      var body = new String(call.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      var id = idOf.read(call, body);
      switch (mood) {
        case WELL -> {
          arrivals.taken(id);
          answer(call, 200, yes);
        }
        case FAILING -> answer(call, 500, "out of order");
        case BUSY -> {
          call.getResponseHeaders().set("Retry-After", "1");
          answer(call, 429, "too many");
        }
        case HANGING -> {
          arrivals.unanswered(id);
          LockSupport.parkNanos(Tuning.DEADLINE.multipliedBy(2).toNanos());
        }
        case DROPPING -> arrivals.unanswered(id);
      }
    }
  }

  private static void answer(HttpExchange call, int status, String body) throws IOException {
    var bytes = body.getBytes(StandardCharsets.UTF_8);
    call.getResponseHeaders().set("Content-Type", "application/json");
    call.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    if (bytes.length > 0) {
      call.getResponseBody().write(bytes);
    }
  }

  private static Thread daemon(Runnable task) {
    var thread = new Thread(task, "receiver");
    thread.setDaemon(true);
    return thread;
  }
}
