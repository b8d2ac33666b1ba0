package com.callback.messaging.inbox.stream;

import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;

/** Reads server-sent events as a client does. */
final class Stream implements AutoCloseable {

  /** One event; the id is null where it has none. */
  record Event(String id, String name, String data) {}

  private final HttpResponse<InputStream> answer;
  private final List<Event> events = new CopyOnWriteArrayList<>();
  private final List<String> comments = new CopyOnWriteArrayList<>();
  private final CompletableFuture<Void> end;
  private volatile String lastId;

  private Stream(HttpResponse<InputStream> answer) {
    this.answer = answer;
    this.end = CompletableFuture.runAsync(this::read);
  }

  static Stream open(HttpRequest.Builder request) {
    try {
      var answer = HttpClient.newHttpClient().send(request.build(), BodyHandlers.ofInputStream());
      if (answer.statusCode() != 200) {
        throw new AssertionError(
            answer.statusCode()
                + " "
                + new String(answer.body().readAllBytes(), StandardCharsets.UTF_8));
      }
      var stream = new Stream(answer);
      await().until(() -> stream.lastId != null);
      return stream;
    } catch (IOException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  HttpResponse<InputStream> answer() {
    return answer;
  }

  /** All that came, without the counts. */
  List<Event> events() {
    return events.stream().filter(event -> !event.name().equals("counts")).toList();
  }

  List<Event> named(String name) {
    return events.stream().filter(event -> event.name().equals(name)).toList();
  }

  List<String> comments() {
    return comments;
  }

  /** As a client would send it to resume. */
  String lastId() {
    return lastId;
  }

  boolean isOver() {
    return end.isDone();
  }

  void awaitNamed(String name, int count) {
    await()
        .atMost(Duration.ofSeconds(15))
        .untilAsserted(
            () -> org.assertj.core.api.Assertions.assertThat(named(name)).as(name).hasSize(count));
  }

  private void read() {
    try (var lines =
        new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8))) {
      String id = null;
      String name = null;
      var data = new StringBuilder();
      for (var line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.isEmpty()) {
          if (name != null) {
            events.add(new Event(id, name, data.toString()));
          }
          if (id != null) {
            lastId = id;
          }
          id = null;
          name = null;
          data.setLength(0);
        } else if (line.startsWith("id:")) {
          id = line.substring(3).strip();
        } else if (line.startsWith("event:")) {
          name = line.substring(6).strip();
        } else if (line.startsWith("data:")) {
          data.append(line.substring(5));
        } else if (line.startsWith(":")) {
          comments.add(line);
        }
      }
    } catch (IOException e) {
      // Cut off.
    }
  }

  @Override
  public void close() {
    try {
      answer.body().close();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
