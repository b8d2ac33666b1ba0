package com.callback.messaging.e2e;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;

/** A page of somebody else's, on an origin of its own. */
final class PageElsewhere implements AutoCloseable {

  private static final String PAGE =
      """
      <!doctype html><html lang="en"><head><meta charset="utf-8"><title>Elsewhere</title>
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <meta name="color-scheme" content="light dark"></head>
      <body><main><h1>Solar panels</h1>
      %s
      </main></body></html>
      """;

  private final HttpServer server;

  private volatile String content = "";
  private volatile String policy = "";

  PageElsewhere() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext(
        "/",
        call -> {
          var page = PAGE.formatted(content).getBytes(StandardCharsets.UTF_8);
          call.getResponseHeaders().set("Content-Type", "text/html; charset=utf-8");
          if (!policy.isEmpty()) {
            call.getResponseHeaders().set("Content-Security-Policy", policy);
          }
          call.sendResponseHeaders(200, page.length);
          call.getResponseBody().write(page);
          call.close();
        });
    server.start();
  }

  /** As browsers write it. */
  String origin() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** Shows this below its heading from now on. */
  void shows(String html) {
    content = html;
  }

  /** Lets in from now on what this Content-Security-Policy does, and nothing else. */
  void letsIn(String contentSecurityPolicy) {
    policy = contentSecurityPolicy;
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
