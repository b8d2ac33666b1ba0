package com.callback.messaging.isolation;

import static org.assertj.core.api.Assertions.assertThat;

import com.callback.messaging.intake.submission.PublishedContract;
import com.callback.messaging.support.Service;
import com.callback.messaging.support.ServiceTest;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/**
 * Ten thousand requests that nobody in their right mind would send, made from the contract: none
 * fails on our side, none is told anything internal, and each is answered.
 */
@ServiceTest
class AnyRequestTest {

  private static final int REQUESTS = 10_000;
  private static final int THREADS = 8;
  private static final int CONNECTIONS = 5;
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  /** An answer that takes longer is none. */
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  /** Attempts at getting into SQL, templates, headers, logs, paths, tables and scripts. */
  private static final List<String> NASTY =
      List.of(
          "' or 1=1 --",
          "'; drop table public.messages; --",
          "\\'; select pg_sleep(30); --",
          "${7*7}${jndi:ldap://127.0.0.1/x}",
          "{{secret}}{{{secret}}}",
          "${bean:apiKeys?method=generate}",
          "$simple{header.Authorization}",
          "#{T(java.lang.Runtime).getRuntime()}",
          "x\r\nBcc: everybody@example.com",
          "x\r\nSet-Cookie: callback_session=mine",
          "=HYPERLINK(\"http://example.com\")",
          "@SUM(1+1)*cmd|' /C calc'!A0",
          "<script>alert(1)</script>",
          "../../../../etc/passwd",
          "%00",
          "\u0000",
          "\ud800",
          "\u202e\u2066",
          "𝕱𝖚𝖓𝖐𝖞 😀",
          " ",
          "",
          "null",
          "-1",
          "1e400",
          "99999999999999999999999999",
          "2026-02-30T25:61:00Z",
          "0001-01-01T00:00:00Z",
          "infinity",
          "a".repeat(5_000),
          "%".repeat(300),
          "(((((((((((((((((((a+)+)+)+)+)+)+)+)+)+)+)+)+)+)+)+)+)+)+)");

  /** What an answer must never hold. */
  private static final List<String> INTERNAL =
      List.of(
          "Exception",
          "org.apache",
          "org.spring",
          "org.postgresql",
          "com.callback.",
          "java.lang",
          "SELECT ",
          "select ",
          "insert into",
          "messaging.",
          "\tat ",
          "root:x:0",
          "PSQL");

  @Autowired Service service;

  private final HttpClient http = HttpClient.newHttpClient();
  private final Map<Integer, Integer> statuses = new ConcurrentHashMap<>();

  @Test
  void none_fails_on_our_side_and_none_is_told_anything_internal() throws Exception {
    var seed = Long.getLong("fuzz.seed", System.nanoTime());
    var credentials = credentials();
    var threads = Executors.newFixedThreadPool(THREADS);
    try {
      var running =
          IntStream.range(0, THREADS)
              .mapToObj(
                  thread ->
                      threads.submit(
                          () -> {
                            var random = new Random(seed + thread);
                            for (var i = 0; i < REQUESTS / THREADS; i++) {
                              send(random, credentials, seed);
                            }
                          }))
              .toList();
      for (var each : running) {
        each.get();
      }
    } finally {
      threads.shutdownNow();
    }
    System.out.println("10,000 requests of seed " + seed + ": " + new TreeMap<>(statuses));
    assertThat(statuses.keySet()).contains(200, 400, 401, 404);
  }

  private List<String> credentials() {
    var business = service.businessWithoutChannels();
    var all =
        ContractOperation.guarded().stream()
            .flatMap(operation -> operation.scopes().stream())
            .distinct()
            .toArray(String[]::new);
    return List.of(
        service.key(business, all),
        service.key(business, all),
        service.key(business, all),
        "cbk_" + "f".repeat(64),
        "eyJhbGciOiJub25lIn0.eyJzdWIiOiIxIn0.",
        "x".repeat(9_000));
  }

  private void send(Random random, List<String> credentials, long seed) {
    var operation = pick(random, ContractOperation.all());
    var request = HttpRequest.newBuilder(service.at(target(random, operation))).timeout(PATIENCE);
    if (random.nextInt(10) > 0) {
      request.header("Authorization", "Bearer " + pick(random, credentials));
    }
    if (random.nextInt(4) == 0) {
      request.header("Idempotency-Key", random.nextBoolean() ? "x" : UUID.randomUUID().toString());
    }
    if (random.nextInt(8) == 0) {
      request.header(
          "X-Business-Id", random.nextBoolean() ? "nonsense" : UUID.randomUUID().toString());
    }
    if (random.nextInt(8) == 0) {
      request.header("Origin", "https://elsewhere.example");
    }
    var body = body(random, operation);
    if (body != null) {
      request.header(
          "Content-Type",
          random.nextInt(12) == 0 ? "application/x-www-form-urlencoded" : "application/json");
    }
    judge(
        operation,
        answer(
            request.method(
                random.nextInt(20) == 0 ? "PUT" : operation.method(),
                body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body))),
        seed);
  }

  private HttpResponse<String> answer(HttpRequest.Builder request) {
    try {
      return answer(http, request, CONNECTIONS);
    } catch (java.io.IOException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /**
   * The service may close a connection after its answer to what it does not want to read, and a
   * client that is still writing then hears of the end instead of the answer: it asks on another.
   */
  private static HttpResponse<String> answer(
      HttpClient client, HttpRequest.Builder request, int connections)
      throws java.io.IOException, InterruptedException {
    try {
      return client.send(request.build(), Service::whole);
    } catch (java.io.IOException e) {
      if (connections == 1) {
        throw e;
      }
      return answer(HttpClient.newHttpClient(), request, connections - 1);
    }
  }

  private void judge(ContractOperation operation, HttpResponse<String> answer, long seed) {
    var said =
        "%s %s of seed %d: %s"
            .formatted(answer.request().method(), answer.request().uri(), seed, answer.body());
    statuses.merge(answer.statusCode(), 1, Integer::sum);
    assertThat(answer.statusCode()).as(said).isLessThan(500);
    var type = answer.headers().firstValue("Content-Type").orElse("");
    if (answer.statusCode() >= 400) {
      assertThat(type).as(said).matches("application/problem\\+json.*|text/html.*");
    }
    // A business is shown its own texts as it wrote them; an error shows nobody's.
    if (answer.statusCode() >= 400) {
      assertThat(INTERNAL)
          .as("%s: %s", operation, said)
          .noneMatch(withoutWhatWasAsked(answer.body())::contains);
    }
  }

  /** A caller may be told again what they gave. */
  private static String withoutWhatWasAsked(String body) {
    var rest = body;
    for (var text : NASTY) {
      if (text.length() > 5) {
        rest = rest.replace(quoted(text), "").replace(quoted(text.strip()), "");
      }
    }
    return rest;
  }

  private static String quoted(String text) {
    var json = JSON.textNode(text).toString();
    return json.substring(1, json.length() - 1);
  }

  private static String target(Random random, ContractOperation operation) {
    var path =
        operation
            .path()
            .replaceAll(
                "\\{[^}]+}",
                encoded(random.nextBoolean() ? UUID.randomUUID().toString() : nasty(random)));
    var query = new ArrayList<String>();
    StreamSupport.stream(operation.rule().path("parameters").spliterator(), false)
        .map(PublishedContract::followed)
        .filter(parameter -> parameter.path("in").asText().equals("query"))
        .filter(parameter -> random.nextInt(3) == 0)
        .forEach(
            parameter -> query.add(parameter.get("name").asText() + "=" + encoded(nasty(random))));
    if (random.nextInt(15) == 0) {
      query.add(encoded(nasty(random)) + "=1");
    }
    return query.isEmpty() ? path : path + "?" + String.join("&", query);
  }

  private static String body(Random random, ContractOperation operation) {
    var example = operation.body();
    if (example == null) {
      return random.nextInt(10) == 0 ? "{\"x\":1}" : null;
    }
    return switch (random.nextInt(8)) {
      case 0 -> nasty(random);
      case 1 -> "[".repeat(random.nextInt(2_000)) + "1";
      case 2 -> example.substring(0, random.nextInt(example.length()));
      default -> spoiled(random, read(example)).toString();
    };
  }

  /** The example with one of its values, or one of its fields, replaced. */
  private static JsonNode spoiled(Random random, JsonNode node) {
    if (node instanceof ObjectNode object && !object.isEmpty()) {
      var names = new ArrayList<String>();
      object.fieldNames().forEachRemaining(names::add);
      var name = pick(random, names);
      if (random.nextInt(6) == 0) {
        object.put(nasty(random), 1);
      } else if (random.nextInt(6) == 0) {
        object.remove(name);
      } else {
        object.set(name, spoiled(random, object.get(name)));
      }
      return object;
    }
    if (node instanceof ArrayNode array && !array.isEmpty() && random.nextBoolean()) {
      array.set(0, spoiled(random, array.get(0)));
      return array;
    }
    return switch (random.nextInt(7)) {
      case 0 -> JSON.nullNode();
      case 1 -> JSON.numberNode(random.nextLong());
      case 2 -> JSON.booleanNode(true);
      case 3 -> JSON.arrayNode().add(nasty(random));
      case 4 -> JSON.objectNode().put(nasty(random), nasty(random));
      default -> JSON.textNode(nasty(random));
    };
  }

  private static JsonNode read(String json) {
    try {
      return new com.fasterxml.jackson.databind.ObjectMapper().readTree(json);
    } catch (java.io.IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String nasty(Random random) {
    return pick(random, NASTY);
  }

  private static <T> T pick(Random random, List<T> all) {
    return all.get(random.nextInt(all.size()));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
