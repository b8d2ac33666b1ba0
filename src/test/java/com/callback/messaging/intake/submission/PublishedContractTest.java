package com.callback.messaging.intake.submission;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.callback.messaging.intake.screening.Floods;
import com.callback.messaging.support.RawHttp;
import com.callback.messaging.support.RawHttp.Answer;
import com.callback.messaging.support.Service;
import com.callback.messaging.support.Service.Business;
import com.callback.messaging.support.ServiceTest;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.Route;
import org.apache.camel.component.platform.http.PlatformHttpEndpoint;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;

/** What {@code config/openapi.yaml} says is what the running service does. */
@ServiceTest
class PublishedContractTest {

  private static final String JSON = "Content-Type: application/json\r\n";
  private static final String FORM = "Content-Type: application/x-www-form-urlencoded\r\n";
  private static final JsonNode SUBMIT = PublishedContract.at("/paths/~1api~1messages/post");
  private static final JsonNode LIST = PublishedContract.at("/paths/~1sandbox~1messages/get");

  /** What a route's answer, which is a message, cannot be. */
  private static final Set<String> NOT_ROUTES = Set.of("exportMessages", "streamEvents");

  /** What providers call is off until it is set, and described where it is set. */
  private static final String OF_THE_API = ".* /(?:api/(?!inbound/|receipts/)|sandbox/messages$).*";

  @Autowired Service service;
  @Autowired CamelContext camel;
  @Autowired Floods floods;

  @Autowired
  @Qualifier("intake")
  HikariDataSource intake;

  Business business;
  RawHttp http;

  @BeforeEach
  void set_up() {
    business = service.businessWithoutChannels();
    http = new RawHttp(service);
  }

  @Test
  void every_operation_has_a_route_and_every_route_of_the_api_an_operation() {
    var documented = new TreeSet<String>();
    eachOperation(
        (address, operation) ->
            documented.add(address + " " + operation.path("operationId").asText()),
        NOT_ROUTES);
    var offered = new TreeSet<String>();
    for (var route : camel.getRoutes()) {
      var address = addressOf(route);
      if (address.matches(OF_THE_API)) {
        offered.add(address + " " + route.getRouteId().replace("http-", ""));
      }
    }
    assertThat(offered).isEqualTo(documented);
  }

  /** Its method and path; empty for a route that is not called over HTTP. */
  private static String addressOf(Route route) {
    return route.getEndpoint() instanceof PlatformHttpEndpoint endpoint
        ? endpoint.getHttpMethodRestrict().toLowerCase(Locale.ROOT) + " " + endpoint.getPath()
        : "";
  }

  /**
   * Each operation that is not left out.
   *
   * @param check takes its method and path, and what the contract says of it
   */
  private static void eachOperation(BiConsumer<String, JsonNode> check, Set<String> leftOut) {
    for (var path : PublishedContract.at("/paths").properties()) {
      for (var operation : path.getValue().properties()) {
        if (!leftOut.contains(operation.getValue().path("operationId").asText())) {
          check.accept(operation.getKey() + " " + path.getKey(), operation.getValue());
        }
      }
    }
  }

  @Test
  void every_operation_shows_what_to_send_and_every_answer_it_may_get() {
    eachOperation(PublishedContractTest::showsEverything, Set.of());
  }

  private static void showsEverything(String address, JsonNode operation) {
    assertThat(operation.path("summary").asText()).as(address).isNotBlank();
    assertThat(fieldNames(operation.get("responses")))
        .as("answers of " + address)
        .contains("400", "405", "500", "503")
        .anyMatch(status -> status.startsWith("2"));
    if (!isOpen(operation)) {
      assertThat(fieldNames(operation.get("responses"))).as(address).contains("401", "403", "429");
    }
    if (address.contains("{")) {
      assertThat(fieldNames(operation.get("responses"))).as(address).contains("404");
    }
    for (var answer : operation.get("responses").properties()) {
      var media = PublishedContract.followed(answer.getValue()).path("content");
      hasExamples(address + " " + answer.getKey(), media);
      if (answer.getKey().charAt(0) > '3') {
        assertThat(fieldNames(media))
            .as(address + " " + answer.getKey())
            .contains("application/problem+json");
      }
    }
    hasExamples(address, operation.at("/requestBody/content"));
    for (var parameter : operation.path("parameters")) {
      var rule = PublishedContract.followed(parameter);
      if (rule.path("required").asBoolean()) {
        assertThat(
                rule.has("example") || rule.has("examples") || rule.at("/schema").has("examples"))
            .as("%s: an example of %s", address, rule.get("name"))
            .isTrue();
      }
    }
  }

  private static boolean isOpen(JsonNode operation) {
    return operation.path("security").isEmpty()
        || children(operation.get("security")).stream().anyMatch(JsonNode::isEmpty);
  }

  private static void hasExamples(String place, JsonNode media) {
    for (var type : media.properties()) {
      assertThat(type.getValue().has("example") || type.getValue().has("examples"))
          .as("%s: an example of %s", place, type.getKey())
          .isTrue();
    }
  }

  @Test
  void no_text_of_the_contract_was_torn_apart_at_a_comma() {
    assertThat(keys(PublishedContract.at("")))
        .allSatisfy(key -> assertThat(key).doesNotContain(" "));
  }

  private static Stream<String> keys(JsonNode node) {
    return Stream.concat(
        fieldNames(node).stream(), children(node).stream().flatMap(PublishedContractTest::keys));
  }

  private static List<JsonNode> children(JsonNode node) {
    var children = new ArrayList<JsonNode>();
    node.forEach(children::add);
    return children;
  }

  @Test
  void every_example_is_what_its_schema_says() {
    var checked = new ArrayList<String>();
    eachExample(
        PublishedContract.at(""),
        "",
        (place, example) -> {
          checked.add(place);
          assertThat(PublishedContract.errors(example.schema(), example.value()))
              .as(place)
              .isEmpty();
        });
    assertThat(checked).hasSizeGreaterThanOrEqualTo(11);
  }

  @Test
  void the_examples_work_as_printed() {
    var examples = SUBMIT.at("/requestBody/content/application~1json/examples");
    assertThat(examples.size()).isPositive();
    for (var example : examples) {
      var body = (ObjectNode) example.get("value").deepCopy();
      assertThat(service.post(body.put("funnelId", business.funnel().toString())).statusCode())
          .isEqualTo(202);
    }
  }

  @Test
  void every_documented_status_of_submitMessage_really_occurs() {
    Map<String, Supplier<Answer>> ways = new LinkedHashMap<>();
    ways.put("202", () -> post(JSON, lead("Ada")));
    ways.put("303", () -> post(FORM, form("Ada")));
    ways.put("400", () -> post(JSON, "{}"));
    ways.put("400 text/html", () -> post(FORM, form("")));
    ways.put(
        "404",
        () ->
            post(
                JSON, lead("Ada").replace(business.funnel().toString(), business.id().toString())));
    ways.put(
        "404 text/html",
        () ->
            post(
                FORM, form("Ada").replace(business.funnel().toString(), business.id().toString())));
    ways.put("401", () -> withKey("cbk_unknown"));
    ways.put("403", () -> withForeignOrigin());
    ways.put("405", () -> http.send("PUT", "/api/messages"));
    ways.put(
        "409",
        () ->
            whileAKeyIsTaken(
                "taken", () -> post(JSON + "Idempotency-Key: taken\r\n", lead("Ada"))));
    ways.put(
        "422",
        () -> {
          post(JSON + "Idempotency-Key: used\r\n", lead("Ada"));
          return post(JSON + "Idempotency-Key: used\r\n", lead("Grace"));
        });
    ways.put("429", () -> floods.during(business.funnel(), () -> post(JSON, lead("Ada"))));
    ways.put(
        "429 text/html", () -> floods.during(business.funnel(), () -> post(FORM, form("Ada"))));
    ways.put("413", () -> post(JSON, lead("x".repeat(65_536))));
    ways.put("415", () -> post("Content-Type: text/plain\r\n", lead("Ada")));
    ways.put("500", () -> withAFaultInside(() -> post(JSON, lead("Ada Fault"))));
    ways.put("503", () -> withoutAFreeConnection(() -> post(JSON, lead("Ada"))));

    assertThat(ways.keySet())
        .extracting(way -> way.split(" ")[0])
        .containsAll(fieldNames(SUBMIT.get("responses")));
    ways.forEach((way, act) -> holdsAgainst(SUBMIT, way, act.get()));
  }

  @Test
  void every_documented_status_of_listSandboxMessages_occurs_that_a_caller_can_bring_about() {
    service.lead(service.business(), Map.of("contactName", "Ada", "contactPhone", "0412 345 678"));
    await()
        .untilAsserted(
            () ->
                assertThat(service.json(service.get("/sandbox/messages?limit=3").body()))
                    .hasSize(3));

    holdsAgainst(LIST, "200", http.send("GET", "/sandbox/messages?limit=100"));
    holdsAgainst(LIST, "200", http.send("GET", "/sandbox/messages?limit=1&channel=email"));
    holdsAgainst(LIST, "400", http.send("GET", "/sandbox/messages?limit=0"));
    holdsAgainst(LIST, "400", http.send("GET", "/sandbox/messages?limit=many"));
    holdsAgainst(LIST, "400", http.send("GET", "/sandbox/messages?channel=a%00b"));
    holdsAgainst(LIST, "405", http.send("DELETE", "/sandbox/messages"));
  }

  private void holdsAgainst(JsonNode operation, String way, Answer answer) {
    var status = way.split(" ")[0];
    var documented = PublishedContract.followed(operation.get("responses").get(status));
    assertThat(answer.status()).as(way + ": " + answer.body()).isEqualTo(Integer.parseInt(status));
    for (var header : fieldNames(documented.path("headers"))) {
      if (isOptional(documented.path("headers").get(header))) {
        continue;
      }
      assertThat(answer.headers()).as(way).containsKey(header.toLowerCase(Locale.ROOT));
    }
    if (!documented.has("content")) {
      return;
    }
    assertThat(fieldNames(documented.get("content"))).as(way).contains(answer.type());
    assertThat(answer.type())
        .isEqualTo(
            way.contains(" ") ? way.split(" ")[1] : fieldNames(documented.get("content")).get(0));
    if (answer.type().endsWith("json")) {
      var content = documented.get("content").get(answer.type());
      var body = service.json(answer.body());
      assertThat(PublishedContract.errors(content.get("schema"), body)).as(way).isEmpty();
      if (answer.status() >= 400 && content.has("example")) {
        for (var text : List.of("type", "title", "status", "detail")) {
          assertThat(body.get(text)).as(way).isEqualTo(content.get("example").get(text));
        }
      }
    }
  }

  private static boolean isOptional(JsonNode header) {
    return PublishedContract.followed(header).path("required").equals(BooleanNode.FALSE);
  }

  private Answer withKey(String key) {
    var answer = service.call("POST", "/api/messages", key, lead("Ada"));
    var headers = new LinkedHashMap<String, String>();
    answer.headers().map().forEach((name, values) -> headers.put(name, values.get(0)));
    return new Answer(answer.statusCode(), headers, answer.body(), answer.body());
  }

  private Answer withForeignOrigin() {
    service
        .database()
        .sql("insert into messaging.funnel_origins values (?, 'https://shop.example')")
        .param(business.funnel())
        .update();
    try {
      return post(JSON + "Origin: https://elsewhere.example\r\n", lead("Ada"));
    } finally {
      service
          .database()
          .sql("delete from messaging.funnel_origins where funnel_id = ?")
          .param(business.funnel())
          .update();
    }
  }

  private Answer whileAKeyIsTaken(String key, Supplier<Answer> act) {
    try (var connection = service.login().getConnection();
        var lock = connection.createStatement()) {
      connection.setAutoCommit(false);
      lock.execute(
          "select pg_advisory_xact_lock(hashtextextended('%s %s', 3))"
              .formatted(business.funnel(), key));
      try {
        return act.get();
      } finally {
        connection.rollback();
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private Answer post(String headers, String body) {
    return http.send("POST", "/api/messages", headers, body.getBytes(UTF_8));
  }

  private String lead(String name) {
    return "{\"funnelId\":\"%s\",\"contactName\":\"%s\",\"contactEmail\":\"ada@example.com\"}"
        .formatted(business.funnel(), name);
  }

  private String form(String name) {
    return "funnelId=%s&contactName=%s&contactEmail=ada%%40example.com"
        .formatted(business.funnel(), name);
  }

  /** A fault of ours, as the database would report one. */
  private Answer withAFaultInside(Supplier<Answer> act) {
    service
        .database()
        .sql(
            """
            create function messaging.fail_for_a_test() returns trigger language plpgsql
            as $$ begin raise exception 'a fault inside'; end $$;
            create trigger fail_for_a_test before insert on public.messages
            for each row when (new.contact_name = 'Ada Fault') execute function messaging.fail_for_a_test()
            """)
        .update();
    try {
      return act.get();
    } finally {
      service.database().sql("drop function messaging.fail_for_a_test() cascade").update();
    }
  }

  private Answer withoutAFreeConnection(Supplier<Answer> act) {
    var taken = new ArrayList<Connection>();
    try {
      for (int i = 0; i < intake.getMaximumPoolSize(); i++) {
        taken.add(intake.getConnection());
      }
      return act.get();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    } finally {
      taken.forEach(PublishedContractTest::giveBack);
    }
  }

  private static void giveBack(Connection connection) {
    try {
      connection.close();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private record Example(JsonNode schema, JsonNode value) {}

  private static void eachExample(JsonNode node, String place, BiConsumer<String, Example> check) {
    if (node.has("schema") && node.has("example")) {
      check.accept(place, new Example(node.get("schema"), node.get("example")));
    }
    if (node.has("schema") && node.path("examples").isObject()) {
      node.get("examples")
          .forEach(
              example ->
                  check.accept(place, new Example(node.get("schema"), example.get("value"))));
    }
    if (node.has("type")
        && node.has("example")
        && node.get("type").isTextual()
        && !node.has("status")) {
      check.accept(place, new Example(node, node.get("example")));
    }
    if (node.path("examples").isArray()) {
      node.get("examples").forEach(value -> check.accept(place, new Example(node, value)));
    }
    node.properties()
        .forEach(child -> eachExample(child.getValue(), place + "/" + child.getKey(), check));
  }

  private static List<String> fieldNames(JsonNode node) {
    var names = new ArrayList<String>();
    node.fieldNames().forEachRemaining(names::add);
    return names;
  }
}
