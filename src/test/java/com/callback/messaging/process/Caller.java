package com.callback.messaging.process;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;

/** Calls a service over HTTP, on connections that it keeps open. */
final class Caller {

  static final String DEMO_FUNNEL = "0d3c6f5e-8a51-4d0e-9a44-5f1f3c0b7a10";

  private static final ObjectMapper JSON = new ObjectMapper();

  private final String address;
  private final String key;
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  Caller(int port) {
    this("http://127.0.0.1:" + port, null);
  }

  private Caller(String address, String key) {
    this.address = address;
    this.key = key;
  }

  /** Where the service is, without a slash at the end. */
  String address() {
    return address;
  }

  /** The same with an API key. */
  Caller as(String key) {
    return new Caller(address, key);
  }

  /** Asks for a call back under this name; fails unless the answer is 202. */
  void lead(String name) {
    var answer = ask(DEMO_FUNNEL, name);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
  }

  /** Sends the hosted form; fails unless the browser is sent on to the thank-you page. */
  void form(String name) {
    try {
      var answer =
          send(
              request("/f/demo")
                  .header("Content-Type", "application/x-www-form-urlencoded")
                  .header("Accept", "text/html")
                  .POST(
                      BodyPublishers.ofString(
                          "contactPhone=0491570006&contactName="
                              + URLEncoder.encode(name, UTF_8))));
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(303);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  HttpResponse<String> ask(String funnel, String name) {
    try {
      return tryToAsk(funnel, name);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  HttpResponse<String> tryToAsk(String funnel, String name) throws IOException {
    var lead = Map.of("funnelId", funnel, "contactName", name, "contactPhone", "+61 491 570 006");
    return send(
        request("/api/messages")
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(JSON.writeValueAsString(lead))));
  }

  HttpResponse<String> get(String path) {
    try {
      return send(request(path));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What a path answers, as it comes; fails unless that is with 200. */
  InputStream open(String path) throws IOException {
    try {
      var answer = http.send(request(path).build(), BodyHandlers.ofInputStream());
      if (answer.statusCode() != 200) {
        fail("%s: %s", answer.statusCode(), new String(answer.body().readAllBytes(), UTF_8));
      }
      return answer.body();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** What is shown at a path; fails unless the answer is 200. */
  JsonNode getJson(String path) {
    var answer = get(path);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return json(answer.body());
  }

  HttpResponse<String> post(String path, String body) {
    try {
      return send(
          request(path)
              .header("Content-Type", "application/json")
              .POST(BodyPublishers.ofString(body)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  boolean isReady() {
    try {
      return send(request("/actuator/health/readiness")).statusCode() == 200;
    } catch (IOException e) {
      return false;
    }
  }

  /** The state of one part of the service as its health says it: UP or DOWN. */
  String health(String part) {
    return json(get("/actuator/health/" + part).body()).path("status").asText();
  }

  /** Those of the names that the sandbox has not caught on this channel. */
  List<String> missing(String channel, Collection<String> names) {
    var caught = json(get("/sandbox/messages?limit=100000&channel=" + channel).body());
    var bodies =
        StreamSupport.stream(caught.spliterator(), false)
            .map(message -> message.path("body").asText())
            .toList();
    return names.stream()
        .filter(name -> bodies.stream().noneMatch(body -> body.contains(name)))
        .toList();
  }

  static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (IOException e) {
      throw new UncheckedIOException(text, e);
    }
  }

  private HttpRequest.Builder request(String path) {
    var request =
        HttpRequest.newBuilder(URI.create(address + path)).timeout(Duration.ofSeconds(30));
    return key == null ? request : request.header("Authorization", "Bearer " + key);
  }

  private HttpResponse<String> send(HttpRequest.Builder request) throws IOException {
    try {
      return http.send(request.build(), BodyHandlers.ofString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
