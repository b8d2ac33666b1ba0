package com.callback.messaging.routes;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import com.callback.messaging.platform.database.StatementFile;
import com.callback.messaging.sandbox.Demo;
import com.callback.messaging.support.FarEnd;
import com.callback.messaging.support.MovableClock;
import com.callback.messaging.support.StandardWebhooks;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.ConnectException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.AdviceWith;
import org.apache.camel.builder.NotifyBuilder;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.mock.MockEndpoint;
import org.apache.camel.model.Model;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.test.spring.junit5.CamelSpringBootTest;
import org.apache.camel.test.spring.junit5.MockEndpointsAndSkip;
import org.apache.camel.test.spring.junit5.UseAdviceWith;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.context.bean.override.convention.TestBean;

/**
 * What each channel and each timer hands on, in which order, and what becomes of a failure. All
 * that leaves a route is a mock: what the statements do, and what arrives at the far end, others
 * test. Timers tick when a test says so.
 */
@CamelSpringBootTest
@UseAdviceWith
@Import(MovableClock.Setup.class)
@SpringBootTest(
    webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
    properties = {
      "messaging.data-dir=target/test-data/routes",
      "messaging.broker-name=routes-test",
      "messaging.outbound.allowed=127.0.0.0/8",
      "messaging.outbound.ports=any",
      "delivery.quick-retry-ms=1",
      "channels.sms.providers=touchsms,touchsms-standby",
      "channels.sms.budget.per-day=500",
      "logging.level.com.callback.messaging.routes.RoutesTest=warn"
    })
@MockEndpointsAndSkip("(sql|seda|activemq|http|smtp):.*")
@DirtiesContext
class RoutesTest {

  private static final UUID ID = UUID.fromString("7b1d0a52-1f0e-4a52-9a37-1d4b9c3a2f11");
  private static final UUID BUSINESS = UUID.fromString("0d3c6f5e-8a51-4d0e-9a44-5f1f3c0b7a11");
  private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
  private static final String URL = "http://127.0.0.1:9/hook?a=b";

  /** Where no connection comes about. */
  private static final String NOBODY = closed();

  /** In the place of touchSMS. */
  private static final FarEnd SMS = new FarEnd();

  private static final String TOUCH_SMS_OK =
      "{\"data\":{\"messages\":[{\"id\":\"t-1\"}],\"errors\":[]}}";

  private static final Pattern TIMED = Pattern.compile("(timer|quartz|scheduler|cron):.*");

  private static final Exception AWAY = new DataAccessResourceFailureException("away");

  /** What timers hand on in two ticks that need no statement for it. */
  private static final Map<String, Integer> MOST_STEPS =
      Map.of("sweep", 8, "check-sms-accounts", 4);

  /** What statements answer that a loop or a bean waits for; the last answer stays. */
  private static final Map<String, List<?>> ANSWERS =
      Map.ofEntries(
          entry("archive-expired", List.of(500, 0)),
          entry("assign-leads", List.of(3, 0)),
          entry(
              "list-businesses-to-assign",
              List.of(List.of(Map.of("business", "00000000-0000-0000-0000-000000000001")))),
          entry("check-ledger", List.of("{\"checked\":0,\"position\":0,\"findings\":[]}")),
          entry("count-undelivered", List.of("{\"channels\":[],\"unreachedLeads\":0}")),
          entry("delete-expired", List.of(500, 3, 0)),
          entry("expire-temporary-rows", List.of(0)),
          entry("list-due-digests", Arrays.asList("[]", null)),
          entry("move-held-deliveries", List.of(true, false)),
          entry("sum-up-deferred", Arrays.asList("email", null)),
          entry("pass-on-summaries", List.of(0)),
          entry("refresh-analytics", List.of(7, 0)),
          entry("list-unsealed-secrets", List.of(List.of())),
          entry("re-encrypt-secrets", List.of(1, 0)),
          entry("reserve-sms", List.of(List.of())));

  @TestBean(methodName = "com.callback.messaging.sandbox.NoDemo#demo")
  Demo demo;

  @Autowired CamelContext camel;
  @Autowired ProducerTemplate template;
  @Autowired ObjectMapper json;

  private final List<String> steps = Collections.synchronizedList(new ArrayList<>());

  @DynamicPropertySource
  static void addresses(DynamicPropertyRegistry settings) {
    settings.add("channels.sms.url", SMS::url);
    settings.add("channels.sms.standby.url", () -> NOBODY);
  }

  private static String closed() {
    var nobody = new FarEnd();
    nobody.close();
    return nobody.url();
  }

  @AfterAll
  static void close() {
    SMS.close();
  }

  @BeforeEach
  void start() throws Exception {
    SMS.calls().clear();
    if (!camel.isStarted()) {
      for (var route : List.copyOf(definitions())) {
        if (isTimed(route)) {
          AdviceWith.adviceWith(
              camel,
              route.getRouteId(),
              advice -> advice.replaceFromWith("direct:tick-" + route.getRouteId()));
        }
      }
      camel.addRoutes(new OneDelivery());
      camel.start();
    }
    Stream.of("email", "sms", "webhook").forEach(channel -> mock("seda:deliver." + channel));
    forgetAnswers();
    ANSWERS.forEach((statement, bodies) -> answer(sql(statement), bodies));
  }

  private void forgetAnswers() {
    MockEndpoint.resetMocks(camel);
    mocks().forEach(mock -> mock.setReporter(exchange -> steps.add(name(mock))));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "check-sms-accounts | http:sms-account, http:sms-account",
        "digest-daily       | list-due-digests, open-digests, list-due-digests, seda:wake-up",
        "digest-weekly      | list-due-digests, open-digests, list-due-digests, seda:wake-up",
        "end-lost-deliveries  | stop-waiting-for-receipts, end-lost-deliveries",
        "renew-leases     | renew-leases",
        "take-over-leases | release-leases",
        "analytics-rollup       | refresh-analytics, refresh-analytics",
        "assignment         | list-businesses-to-assign, assign-leads, assign-leads",
        "canary-timer       |",
        "figures-refresh    | count-undelivered",
        "leads-catch-up     | catch-up-with-leads",
        "ledger-check       | check-ledger",
        "months-keep        | keep-months",
        "stream-heartbeat      |",
        "stream-poll      |",
        "retention-run      | archive-expired, delete-expired, expire-temporary-rows, archive-expired, delete-expired, expire-temporary-rows, archive-expired, delete-expired, expire-temporary-rows",
        "sandbox-expire     | expire-sandbox-messages",
        "re-encrypt-secrets-timer     | list-unsealed-secrets, re-encrypt-secrets, list-unsealed-secrets, re-encrypt-secrets",
        "quiet-hours-timer  | sum-up-deferred, seda:wake-up, sum-up-deferred, pass-on-summaries",
        "targets-find       | find-switched-targets",
        "targets-follow     | move-held-deliveries, move-held-deliveries",
      })
  void a_timer_does_what_it_is_for_in_its_order(String route, String steps) {
    assertThat(tick(route).getException()).isNull();
    assertThat(received()).isEqualTo(steps == null ? "" : steps);
  }

  @Test
  void a_sweep_wakes_every_channel() {
    tick("sweep");
    assertThat(steps)
        .containsExactlyInAnyOrder(
            "seda:deliver.email", "seda:deliver.sms", "seda:deliver.webhook", "seda:deliver.push");
  }

  @ParameterizedTest
  @ValueSource(strings = {"daily", "weekly"})
  void a_digest_names_its_kind_and_its_time_and_wakes_the_mail_channel(String kind)
      throws InterruptedException {
    var wakeUp = mock("seda:wake-up");
    wakeUp.expectedBodiesReceived("email");
    sql("open-digests").expectedHeaderReceived("kind", kind);

    tick("digest-" + kind);

    MockEndpoint.assertIsSatisfied(camel, 1, TimeUnit.SECONDS);
    assertThat(sql("open-digests").getExchanges().get(0).getIn().getHeader("at")).isNotNull();
  }

  static Stream<String> timers() throws IOException {
    var parts = new ArrayList<JsonNode>();
    try (var files = Files.walk(Path.of("routes"))) {
      for (var file : files.filter(each -> each.toString().endsWith(".yaml")).toList()) {
        new YAMLMapper().readTree(file.toFile()).forEach(parts::add);
      }
    }
    var templates =
        parts.stream()
            .map(part -> part.path("routeTemplate"))
            .filter(template -> isTimed(template.path("route")))
            .map(template -> template.path("id"))
            .toList();
    var made =
        parts.stream()
            .map(part -> part.path("templatedRoute"))
            .filter(route -> templates.contains(route.path("routeTemplateRef")))
            .map(route -> route.path("routeId"));
    var written = parts.stream().map(part -> part.path("route")).filter(RoutesTest::isTimed);
    return Stream.concat(made, written.map(route -> route.path("id")))
        .map(JsonNode::asText)
        .sorted();
  }

  private static boolean isTimed(JsonNode route) {
    return TIMED.matcher(route.at("/from/uri").asText()).matches();
  }

  @ParameterizedTest
  @MethodSource("timers")
  void while_the_database_is_away_a_timer_fails_quietly_and_comes_round_again(String route) {
    forgetAnswers();
    mocks()
        .filter(mock -> mock.getEndpointUri().contains("sql:"))
        .forEach(mock -> mock.whenAnyExchangeReceived(failing(AWAY)));
    for (int time = 0; time < 2; time++) {
      var done = new NotifyBuilder(camel).fromRoute(route).whenDone(1).create();
      assertThat(tick(route).getException()).isNull();
      assertThat(done.matches(1, TimeUnit.SECONDS)).isTrue();
    }
    assertThat(steps)
        .as("each tick ends with the statement that fails, and wakes nobody about it")
        .hasSizeLessThanOrEqualTo(MOST_STEPS.getOrDefault(route, 2));
  }

  @Test
  void a_mail_goes_to_its_server_with_what_it_needs_and_nothing_of_the_caller() throws Exception {
    var sent = deliver("email", "smtp", "owner@example.com", "{\"to\":\"owner@example.com\"}");

    assertThat(outcome(sent)).isEqualTo("sent");
    var exchange = only(mock("smtp:"));
    assertThat(exchange.getMessage().getHeaders()).doesNotContainKeys("X-Caller", "To", "From");
    var mail = exchange.getMessage().getBody(MimeMessage.class);
    assertThat(mail.getHeader("To")).containsExactly("owner@example.com");
    assertThat(mail.getHeader("X-Caller")).isNull();
    assertThat(mail.getFrom()).hasSize(1);
    assertThat(mail.getSubject()).isNotBlank();
    assertThat(mail.getMessageID()).contains(ID.toString());
    var written = new ByteArrayOutputStream();
    mail.writeTo(written);
    assertThat(written.toString(StandardCharsets.UTF_8)).contains("Ada Lovelace");
  }

  @Test
  void a_short_message_goes_to_the_operators_address_with_its_reference() throws Exception {
    SMS.answers(200, Map.of("X-Answer", "theirs"), TOUCH_SMS_OK);

    var sent = deliver("sms", "touchsms", "+61491570006", "{\"to\":\"+61491570006\"}");

    assertThat(outcome(sent)).isEqualTo("sent");
    assertThat(field(sent, "providerRef")).isEqualTo("t-1");
    assertThat(SMS.calls()).hasSize(1);
    var call = SMS.calls().get(0);
    assertThat(call.path()).endsWith("/v2/sms");
    assertThat(call.headers())
        .containsKeys("authorization")
        .containsEntry("content-type", "application/json")
        .containsEntry("accept", "application/json")
        .doesNotContainKey("x-caller");
    var body = json.readTree(call.body());
    assertThat(body.at("/messages/0/to").asText()).isEqualTo("+61491570006");
    assertThat(body.at("/messages/0/reference").asText()).isEqualTo(ID.toString());
    assertThat(sent.getMessage().getHeaders()).doesNotContainKey("X-Answer");
  }

  @Test
  void a_short_message_is_sent_also_where_the_provider_gives_no_reference() {
    SMS.answers(200, Map.of(), "{\"data\":{\"messages\":[{}],\"errors\":[]}}");

    var sent = deliver("sms", "touchsms", "+61491570006", "{}");

    assertThat(outcome(sent)).isEqualTo("sent");
    assertThat(field(sent, "providerRef")).isNullOrEmpty();
  }

  @Test
  void a_short_message_over_the_budget_fails_and_makes_no_request() {
    answer(
        sql("reserve-sms"),
        List.of(
            List.of(
                Map.of("delivery_id", ID, "because", "month", "budget", 5_000L, "reserve", 10))));

    var sent = deliver("sms", "touchsms", "+61491570006", "{}");

    assertThat(outcome(sent)).isEqualTo("failed");
    assertThat(field(sent, "error")).startsWith("The SMS budget of the month is used up");
    assertThat(SMS.calls()).isEmpty();
  }

  @Test
  void a_short_message_whose_budget_cannot_be_read_waits_for_its_next_attempt() {
    sql("reserve-sms").whenAnyExchangeReceived(failing(AWAY));

    var sent = deliver("sms", "touchsms", "+61491570006", "{}");

    assertThat(outcome(sent)).isEqualTo("pending");
    assertThat(SMS.calls()).isEmpty();
  }

  @Test
  void a_webhook_is_signed_and_carries_the_customers_headers_and_no_others() throws Exception {
    try (var receiver = new FarEnd().answers(204, Map.of("X-Answer", "theirs"), "")) {
      var sent = deliver("webhook", "http", null, webhook(receiver.url() + "?a=b"));

      assertThat(outcome(sent)).isEqualTo("delivered");
      assertThat(receiver.calls()).hasSize(1);
      var call = receiver.calls().get(0);
      assertThat(call.headers())
          .containsEntry("webhook-id", ID.toString())
          .containsEntry("content-type", "application/json")
          .containsEntry("x-team", "a b")
          .doesNotContainKey("x-caller");
      assertThat(StandardWebhooks.accept(call.headers(), call.body(), SECRET)).isTrue();
      assertThat(sent.getMessage().getHeaders())
          .as("what the remote server said is not taken for ours by a later step")
          .doesNotContainKeys("X-Team", "webhook-id", "X-Answer");
    }
  }

  @Test
  void a_mail_whose_connection_is_refused_is_tried_once_more_at_once_and_then_in_time() {
    mock("smtp:").whenAnyExchangeReceived(failing(new ConnectException("refused")));

    var sent = deliver("email", "smtp", "owner@example.com", webhook(URL));

    assertThat(mock("smtp:").getReceivedCounter()).isEqualTo(2);
    isTriedInTime(sent);
  }

  @ParameterizedTest
  @CsvSource({"sms, touchsms-standby, +61491570006", "webhook, http,"})
  void a_request_whose_connection_is_refused_is_made_once_more_at_once_and_then_in_time(
      String channel, String provider, String recipient) {
    var sent = deliver(channel, provider, recipient, webhook(NOBODY));

    assertThat(requests(sent)).isEqualTo(2);
    isTriedInTime(sent);
  }

  @ParameterizedTest
  @CsvSource({
    "503, pending, pending",
    "429, pending, pending",
    "408, pending, pending",
    "400, failed, pending",
    "404, pending, pending",
    "302, pending, pending",
    "410, pending, failed"
  })
  void what_a_far_end_answers_decides_whether_there_is_another_attempt(
      int status, String ofProvider, String ofReceiver) {
    SMS.answers(status, Map.of(), "no");
    var sms = deliver("sms", "touchsms", "+61491570006", webhook(URL));
    assertThat(SMS.calls()).hasSize(1);
    assertThat(outcome(sms)).isEqualTo(ofProvider);
    assertThat(field(sms, "error")).contains(Integer.toString(status));

    forgetAnswers();
    try (var receiver = new FarEnd()) {
      receiver.answers(status, Map.of("Location", "http://127.0.0.1:9/elsewhere"), "no");
      var webhook = deliver("webhook", "http", null, webhook(receiver.url()));
      assertThat(receiver.calls()).hasSize(1);
      assertThat(outcome(webhook)).isEqualTo(ofReceiver);
      assertThat(field(webhook, "error")).contains(Integer.toString(status));
    }
  }

  /** CVE-2026-78164: camel-http 4.22.0 fills in what stands in braces in a URL. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://127.0.0.1/{{spring.datasource.password}}",
        "http://127.0.0.1/?a={{env:PATH}}",
        "http://{{spring.mail.host}}/",
        "http://127.0.0.1/${body}"
      })
  void a_url_with_braces_is_never_called(String url) {
    var sent = deliver("webhook", "http", url, webhook(url));

    assertThat(requests(sent)).isZero();
    assertThat(outcome(sent)).isEqualTo("failed");
    assertThat(field(sent, "error")).startsWith("The webhook subscription's URL cannot be called.");
  }

  /** Sends a delivery as {@code direct:send-one} does once it has claimed one. */
  private static final class OneDelivery extends RouteBuilder {
    @Override
    public void configure() {
      from("direct:one-delivery")
          .errorHandler(noErrorHandler())
          .setVariable("attempts", method("attempts", "of(${variable.channel}, null, ${body})"))
          .choice()
          .when(simple("${variable.channel} != 'email'"))
          .toD("direct:write-${variable.channel}")
          .end()
          .setVariable("attempt", simple("${variable.attempts[0]}"))
          .setVariable("delivery", simple("${variable.attempt.delivery}"))
          .setVariable("requests", simple("${variable.attempt.requests}"))
          .toD("direct:send-${variable.channel}");
    }
  }

  private Exchange deliver(String channel, String provider, String recipient, String target) {
    var row = new HashMap<String, Object>();
    row.put("id", ID);
    row.put("business_id", BUSINESS);
    row.put("cause", "lead");
    row.put("channel", channel);
    row.put("queue_id", ID);
    row.put("recipient", recipient);
    row.put("attempt", 1);
    row.put("round", provider.endsWith("-standby") ? 2 : 1);
    row.put("attempt_limit", 0);
    row.put("leased_by", "test");
    row.put("target", target);
    row.put("business", "{\"name\":\"Solar\",\"timeZone\":\"UTC\"}");
    row.put("payload", "{}");
    row.put(
        "message",
        "{\"id\":\"%s\",\"business_id\":\"%s\",\"type\":\"callback_request\",\"contact_name\":\"Ada Lovelace\",\"contact_phone\":\"+61491570156\",\"status\":\"unread\",\"priority\":\"medium\",\"created_at\":\"2026-11-29T01:02:03Z\",\"updated_at\":\"2026-11-29T01:02:03Z\",\"metadata\":{}}"
            .formatted(ID, BUSINESS));
    template.send(
        "direct:one-delivery",
        exchange -> {
          exchange.setVariable("channel", channel);
          exchange.setVariable("provider", provider);
          exchange.getMessage().setHeader("X-Caller", "canary");
          exchange.getMessage().setBody(List.of(row));
        });
    return only(mock("seda:record"));
  }

  private static void isTriedInTime(Exchange sent) {
    assertThat(sent.getException()).isNull();
    assertThat(outcome(sent)).isEqualTo("pending");
    assertThat(field(sent, "nextAttemptAt")).isNotBlank();
  }

  private static String webhook(String url) {
    return "{\"url\":\"%s\",\"headers\":{\"X-Team\":\"a b\"},\"secrets\":[\"%s\"],\"to\":\"owner@example.com\"}"
        .formatted(url, SECRET);
  }

  /** How many requests were made. */
  private static int requests(Exchange sent) {
    return sent.getVariable("requests", List.class).size();
  }

  private static String outcome(Exchange sent) {
    return field(sent, "state");
  }

  private static String field(Exchange sent, String name) {
    return sent.getContext()
        .resolveLanguage("simple")
        .createExpression("${variable.outcome.%s}".formatted(name))
        .evaluate(sent, String.class);
  }

  private static Processor failing(Exception failure) {
    return exchange -> exchange.setException(failure);
  }

  private void answer(MockEndpoint statement, List<?> bodies) {
    for (int call = 0; call < bodies.size() - 1; call++) {
      var body = bodies.get(call);
      statement.whenExchangeReceived(call + 1, exchange -> exchange.getMessage().setBody(body));
    }
    var last = bodies.get(bodies.size() - 1);
    statement.whenAnyExchangeReceived(exchange -> exchange.getMessage().setBody(last));
  }

  private Exchange tick(String route) {
    return template.send("direct:tick-" + route, exchange -> {});
  }

  private static Exchange only(MockEndpoint mock) {
    assertThat(mock.getExchanges()).hasSize(1);
    return mock.getExchanges().get(0);
  }

  /** What left the routes since the test began, in order. */
  private String received() {
    return String.join(", ", steps);
  }

  private static String name(MockEndpoint mock) {
    return mock.getEndpointUri()
        .replaceFirst("mock://", "")
        .replaceFirst("sql:.*/([\\w-]+)\\.sql.*", "$1");
  }

  private Stream<MockEndpoint> mocks() {
    return camel.getEndpoints().stream()
        .filter(MockEndpoint.class::isInstance)
        .map(MockEndpoint.class::cast);
  }

  private MockEndpoint sql(String statement) {
    return mock("sql:file:" + StatementFile.file(statement));
  }

  private MockEndpoint mock(String endpoint) {
    return mocks()
        .filter(mock -> mock.getEndpointUri().replace("mock://", "").startsWith(endpoint))
        .findFirst()
        .orElseGet(() -> camel.getEndpoint("mock:" + endpoint, MockEndpoint.class));
  }

  private List<RouteDefinition> definitions() {
    return camel.getCamelContextExtension().getContextPlugin(Model.class).getRouteDefinitions();
  }

  private static boolean isTimed(RouteDefinition route) {
    return TIMED.matcher(route.getInput().getEndpointUri()).matches();
  }
}
