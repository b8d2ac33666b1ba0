package com.callback.messaging.delivery.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.callback.messaging.intake.submission.Reference;
import com.callback.messaging.support.ApiCaller;
import com.callback.messaging.support.FarEnd;
import com.callback.messaging.support.MovableClock;
import com.callback.messaging.support.ProviderStandIn;
import com.callback.messaging.support.ProviderStandIn.Caught;
import com.callback.messaging.support.Service;
import com.callback.messaging.support.Service.Business;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.jms.TextMessage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.activemq.ActiveMQConnectionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;
import org.springframework.jms.core.JmsTemplate;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/**
 * The channels that are one route file, one block of configuration and their texts, and not a line
 * of Java: those that are shipped, and Pushover, which is added as {@code docs/add-a-channel.md}
 * says. Their providers are strict ones on this machine.
 */
@Import({MovableClock.Setup.class, Service.class})
@SpringBootTest(
    webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
    properties = {
      "messaging.data-dir=target/test-data/new-channel-${test.fork:1}",
      "messaging.outbound.allowed=127.0.0.0/8",
      "messaging.outbound.ports=any",
      "messaging.broker-name=new-channel",
      "messaging.abuse.held-per-address=0",
      "messaging.abuse.tests-per-business=0",
      "camel.main.routes-include-pattern=file:routes/**/*.yaml,file:src/test/resources/routes/*.yaml",
      "spring.config.additional-location=file:src/test/resources/pushover/",
      "channels.sms.account-check-ms=0",
      "channels.queue.enabled=true",
      "channels.queue.url=vm://new-channel?create=false"
    })
@DirtiesContext
class NewChannelTest {

  private static final ProviderStandIn STAND_IN = new ProviderStandIn(0);

  /** The second provider of SMS. */
  private static final FarEnd TOUCH_SMS =
      new FarEnd().usually(200, Map.of(), "{\"data\":{\"messages\":[{\"id\":\"t-1\"}]}}");

  @Autowired Service service;
  @Autowired MovableClock clock;
  @Autowired ObjectMapper json;
  @Autowired ActiveMQConnectionFactory broker;

  Business business;
  ApiCaller owner;

  @DynamicPropertySource
  static void addresses(DynamicPropertyRegistry settings) {
    for (var provider : ProviderStandIn.providers()) {
      STAND_IN.settings(provider).forEach((name, value) -> settings.add(name, () -> value));
    }
    settings.add("channels.sms.providers", () -> "http,touchsms");
    settings.add("channels.sms.url", TOUCH_SMS::url);
  }

  static Stream<String> channels() {
    return ProviderStandIn.providers().stream();
  }

  @AfterAll
  static void close() {
    STAND_IN.close();
    TOUCH_SMS.close();
  }

  @BeforeEach
  void an_owner() {
    business = service.businessWithoutChannels();
    owner = new ApiCaller(service, service.session(business, "owner"));
    STAND_IN.forget();
  }

  @ParameterizedTest
  @MethodSource("channels")
  void a_lead_reaches_its_provider_by_the_request_that_the_guide_shows(String channel)
      throws IOException {
    switchOn(channel);

    var lead = lead();

    await().until(() -> state(lead, channel), each -> each.equals(accepted(channel)));
    assertThat(STAND_IN.caught(channel))
        .singleElement()
        .satisfies(request -> assertThat(request.refusals()).isEmpty());
    if (!channel.equals("pushover")) {
      ChannelGuide.shows(channel, shown(STAND_IN.caught(channel).get(0), lead));
    }
    assertThat(column(lead, channel, "provider_ref"))
        .isEqualTo(ProviderStandIn.provider(channel).at("/accepts/reference").textValue());
  }

  @ParameterizedTest
  @MethodSource("channels")
  void a_test_of_a_channel_goes_the_way_of_a_lead(String channel) {
    setRecipient(channel);

    assertThat(tested(channel).get("state").asText()).isEqualTo(accepted(channel));

    assertThat(STAND_IN.caught(channel))
        .singleElement()
        .satisfies(
            request -> {
              assertThat(request.refusals()).isEmpty();
              assertThat(request.body())
                  .contains("Test of Test business")
                  .containsPattern(channel.equals("sms") ? "this number" : "sent by owner");
            });
  }

  @ParameterizedTest
  @MethodSource("channels")
  void a_recipient_that_is_a_secret_is_shown_to_nobody(String channel) {
    switchOn(channel);
    tested(channel);

    if (!channel.matches("sms|telegram|whatsapp|pushover")) {
      var viewer = new ApiCaller(service, service.session(business, "viewer"));
      for (var caller : List.of(owner, viewer)) {
        assertThat(caller.ask(200, "GET", "/api/channels", null).toString())
            .contains("\"isEnabled\":true")
            .doesNotContain("Hush0Hush0");
        assertThat(caller.ask(200, "GET", "/api/deliveries?channel=" + channel, null).toString())
            .contains("\"state\":\"" + accepted(channel))
            .doesNotContain("Hush0Hush0");
      }
      assertThat(stored()).doesNotContain("Hush0Hush0").contains("enc:v1:");
    }
  }

  @Test
  void a_lead_is_put_on_the_queue_of_the_platform() throws Exception {
    owner.ask(200, "PATCH", "/api/channels/queue", Map.of("isEnabled", true));

    var lead = lead();

    var reader = new JmsTemplate(broker);
    reader.setReceiveTimeout(60_000);
    var message = (TextMessage) reader.receive("callback.leads");
    assertThat(ProviderStandIn.refusals("json", message.getText())).isEmpty();
    assertThat(json.readTree(message.getText()).at("/lead/id").asText()).isEqualTo(lead.toString());
    assertThat(Collections.list(message.getPropertyNames()))
        .as("properties, besides those of the broker")
        .allMatch(name -> name.toString().startsWith("JMSX"));
    ChannelGuide.shows(
        "queue", shown("queue", json.readTree(message.getText()).toPrettyString(), lead));
    await().until(() -> state(lead, "queue"), "delivered"::equals);
    assertThat(tested("queue").get("state").asText()).isEqualTo("delivered");
    assertThat(((TextMessage) reader.receive("callback.leads")).getText())
        .contains("\"type\":\"test\"");
  }

  @Test
  void an_sms_that_its_provider_cannot_take_now_goes_to_touchsms_at_once() {
    switchOn("sms");
    STAND_IN.fails("sms", "broken");

    var lead = lead();

    await().until(() -> state(lead, "sms"), "sent"::equals);
    assertThat(column(lead, "sms", "provider")).isEqualTo("touchsms");
    assertThat(STAND_IN.caught("sms")).hasSize(1);
    assertThat(toTouchSms(lead)).hasSize(1);
  }

  @Test
  void an_sms_that_its_provider_may_have_sent_does_not_go_to_touchsms() {
    switchOn("sms");
    STAND_IN.fails("sms", "cut");

    var lead = lead();

    await().until(() -> state(lead, "sms"), "unknown"::equals);
    clock.advance(Duration.ofHours(1));
    assertThat(state(lead, "sms")).isEqualTo("unknown");
    assertThat(STAND_IN.caught("sms")).hasSize(1);
    assertThat(toTouchSms(lead)).isEmpty();
  }

  private List<FarEnd.Call> toTouchSms(UUID lead) {
    var delivery = column(lead, "sms", "id::text").toString();
    return TOUCH_SMS.calls().stream().filter(call -> call.body().contains(delivery)).toList();
  }

  @Test
  void a_limited_provider_gets_the_same_message_again_when_it_says() {
    switchOn("telegram");
    STAND_IN.fails("telegram", "limited");

    var lead = lead();

    await().until(() -> column(lead, "telegram", "last_error") != null);
    assertThat(
            service
                .database()
                .sql(
                    "select d.next_attempt_at - a.started_at >= interval '30 s' from messaging.deliveries d join messaging.delivery_attempts a on a.delivery_id = d.id where d.message_id = ?")
                .param(lead)
                .query(Boolean.class)
                .single())
        .isTrue();
    clock.advance(Duration.ofSeconds(31));
    await().until(() -> state(lead, "telegram"), "delivered"::equals);
    assertThat(STAND_IN.caught("telegram")).hasSize(2);
    assertThat(STAND_IN.caught("telegram").get(0).body())
        .isEqualTo(STAND_IN.caught("telegram").get(1).body());
  }

  @Test
  void a_refusal_ends_the_delivery_and_its_fallback_takes_over() {
    switchOn("slack");
    switchOn("discord");
    owner.ask(
        200, "PUT", "/api/fallbacks", Map.of("fallbacks", Map.of("slack", List.of("discord"))));
    STAND_IN.fails("slack", "archived");

    var refused = tested("slack");

    assertThat(refused.get("state").asText()).isEqualTo("failed");
    assertThat(refused.get("lastError").asText()).contains("410").doesNotContain("Hush0");
    STAND_IN.fails("slack", "archived");
    var lead = lead();
    await().until(() -> state(lead, "slack"), "failed"::equals);
    await().until(() -> state(lead, "discord"), "delivered"::equals);
    assertThat(owner.ask(200, "GET", "/api/channels", null).toString())
        .as("it stays on: the next lead has its fallback, too")
        .contains("\"type\":\"slack\",\"isEnabled\":true");
  }

  @ParameterizedTest
  @ValueSource(strings = {"https://evil.example/T0/B0/x", "ftp://127.0.0.1/", "kim@example.com"})
  void a_recipient_that_the_block_does_not_allow_is_refused_with_its_example(String recipient) {
    var refused = owner.ask(400, "PATCH", "/api/channels/pushover", Map.of("recipient", recipient));

    assertThat(refused.at("/errors/0/field").asText()).isEqualTo("recipient");
    assertThat(refused.at("/errors/0/detail").asText())
        .isEqualTo("User key must look like uQiRzpo4DXghDmr9QzzfQu27cmVRsG.");
  }

  @Test
  void the_new_channel_is_not_switched_on_without_a_recipient() {
    var refused = owner.ask(400, "PATCH", "/api/channels/pushover", Map.of("isEnabled", true));

    assertThat(refused.at("/errors/0/detail").asText())
        .isEqualTo(
            "A channel that is on needs a recipient: give one such as uQiRzpo4DXghDmr9QzzfQu27cmVRsG.");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "routes/channel-pushover.yaml",
        "pushover/application.yaml",
        "config/templates/pushover/lead.mustache",
        "config/templates/pushover/test.mustache",
        "config/templates/pushover/body.json.mustache"
      })
  void the_guide_shows_each_file_of_the_new_channel(String file) throws IOException {
    assertThat(Files.readString(Path.of("docs/add-a-channel.md")))
        .contains(Files.readString(Path.of("src/test/resources", file)));
  }

  private UUID lead() {
    return service.lead(
        business,
        Map.of(
            "contactName",
            "Ada \"The\" <Čapek> & *bold* {{x}}",
            "contactPhone",
            "+61 491 570 156",
            "contactEmail",
            "ada@example.com",
            "message",
            "@everyone <!channel> <users/all>\nPlease call after 5."));
  }

  private void switchOn(String channel) {
    setRecipient(channel);
    owner.ask(200, "PATCH", "/api/channels/" + channel, Map.of("isEnabled", true));
  }

  private void setRecipient(String channel) {
    owner.ask(
        200, "PATCH", "/api/channels/" + channel, Map.of("recipient", STAND_IN.recipient(channel)));
  }

  private static String accepted(String channel) {
    return List.of("sms", "teams", "whatsapp").contains(channel) ? "sent" : "delivered";
  }

  private JsonNode tested(String channel) {
    var delivery =
        owner
            .ask(202, "POST", "/api/channels/" + channel + "/test", null)
            .at("/deliveries/0/id")
            .asText();
    return await()
        .until(
            () -> owner.ask(200, "GET", "/api/deliveries/" + delivery, null),
            each -> !List.of("pending", "sending").contains(each.get("state").asText()));
  }

  private String state(UUID lead, String channel) {
    return (String) column(lead, channel, "state");
  }

  private Object column(UUID lead, String channel, String name) {
    return service
        .database()
        .sql(
            "select max("
                + name
                + ") from messaging.deliveries where message_id = ? and channel = ?")
        .params(lead, channel)
        .query((row, number) -> row.getObject(1))
        .list()
        .get(0);
  }

  /** What the database keeps of the business's channels and deliveries. */
  private String stored() {
    return service
        .database()
        .sql(
            """
            select concat(
              (select jsonb_agg(c) from public.message_channels c where c.business_id = :business),
              (select jsonb_agg(k) from messaging.channel_secrets k join public.message_channels c on c.id = k.channel_id
                where c.business_id = :business),
              (select jsonb_agg(d) from messaging.deliveries d where d.business_id = :business),
              (select jsonb_agg(a) from messaging.delivery_attempts a where a.business_id = :business),
              (select jsonb_agg(e) from messaging.audit_entries e where e.business_id = :business))
            """)
        .param("business", business.id())
        .query(String.class)
        .single();
  }

  private String shown(Caught request, UUID lead) throws IOException {
    var authorization = request.headers().get("authorization");
    return shown(
        request.provider(),
        "POST %s\n%s\n%s"
            .formatted(
                request.address(),
                authorization == null ? "" : "Authorization: " + authorization + "\n",
                json.readTree(request.body()).toPrettyString()),
        lead);
  }

  /** A request as the guide shows it: what differs from lead to lead is an example. */
  private String shown(String channel, String text, UUID lead) {
    var reference = Reference.of(lead);
    var examples = new LinkedHashMap<String, String>();
    examples.put(lead.toString(), "0192f0c1-7d3e-7b54-8a61-2f9d3c0e5b17");
    examples.put(business.id().toString(), "6f2c9a1e-0d3b-4c57-9b8e-1f4a7d2c5e60");
    examples.put(business.funnel().toString(), "8a4f6a0e-52cf-4a35-8a5e-6f1f4a539a2e");
    examples.put(
        column(lead, channel, "id::text").toString(), "3f0c2f0e-6f1f-4a53-9a2e-0f7c1f4c9f10");
    examples.put(reference, "7F3K-9Q2M");
    examples.put(reference.replace("-", "\\\\-"), "7F3K\\\\-9Q2M");
    for (var each : examples.entrySet()) {
      text = text.replace(each.getKey(), each.getValue());
    }
    return text;
  }
}
