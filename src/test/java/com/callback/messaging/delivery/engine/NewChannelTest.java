package com.callback.messaging.delivery.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.callback.messaging.support.ApiCaller;
import com.callback.messaging.support.FarEnd;
import com.callback.messaging.support.MovableClock;
import com.callback.messaging.support.Service;
import com.callback.messaging.support.Service.Business;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/**
 * The test of the design: a new channel is one route file, one block of configuration and its
 * texts, and not a line of Java. Telegram is added as {@code docs/add-a-channel.md} says.
 */
@Import({MovableClock.Setup.class, Service.class})
@SpringBootTest(
    webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
    properties = {
      "messaging.data-dir=target/test-data/new-channel",
      "messaging.outbound.allowed=127.0.0.0/8",
      "messaging.outbound.ports=any",
      "messaging.broker-name=new-channel",
      "camel.main.routes-include-pattern=file:routes/**/*.yaml,file:src/test/resources/routes/*.yaml",
      "spring.config.additional-location=file:src/test/resources/telegram/",
      "channels.telegram.token=123:abc"
    })
@DirtiesContext
class NewChannelTest {

  /** In the place of api.telegram.org. */
  private static final FarEnd TELEGRAM = new FarEnd();

  private static final String CHANNEL = "/api/channels/telegram";

  @Autowired Service service;

  Business business;
  ApiCaller owner;

  @DynamicPropertySource
  static void address(DynamicPropertyRegistry settings) {
    settings.add("channels.telegram.url", TELEGRAM::url);
  }

  @AfterAll
  static void close() {
    TELEGRAM.close();
  }

  @BeforeEach
  void an_owner() {
    business = service.businessWithoutChannels();
    owner = new ApiCaller(service, service.session(business, "owner"));
    TELEGRAM.calls().clear();
  }

  @Test
  void a_lead_reaches_the_new_channel_with_what_was_typed() {
    owner.ask(200, "PATCH", CHANNEL, Map.of("isEnabled", true, "recipient", " @sales_team "));

    var lead =
        service.lead(
            business,
            Map.of(
                "contactName",
                "Ada \"The\" Čapek {{x}}",
                "contactPhone",
                "+61 491 570 156",
                "message",
                "\"Null\" & <b>"));

    await()
        .until(
            () ->
                service
                    .database()
                    .sql(
                        "select state from messaging.deliveries where message_id = ? and channel = 'telegram'")
                    .param(lead)
                    .query(String.class)
                    .single(),
            "delivered"::equals);
    assertThat(TELEGRAM.calls()).hasSize(1);
    var request = TELEGRAM.calls().get(0);
    assertThat(request.path()).isEqualTo("/hook/bot123:abc/sendMessage");
    assertThat(request.headers()).containsEntry("content-type", "application/json");
    var message = service.json(request.body());
    assertThat(message.get("chat_id").asText()).isEqualTo("@sales_team");
    assertThat(message.get("text").asText())
        .startsWith("Ada \"The\" Čapek {{x}} asks to be called back on ")
        .contains("\n\"Null\" & <b>\n")
        .endsWith("/inbox/" + lead + "\n");
  }

  @Test
  void a_test_of_the_new_channel_goes_the_way_of_a_lead() {
    owner.ask(200, "PATCH", CHANNEL, Map.of("recipient", "-1001234567890"));

    assertThat(tested().get("state").asText()).isEqualTo("delivered");

    assertThat(TELEGRAM.calls()).hasSize(1);
    var message = service.json(TELEGRAM.calls().get(0).body());
    assertThat(message.get("chat_id").asText()).isEqualTo("-1001234567890");
    assertThat(message.get("text").asText()).startsWith("Test of Test business, sent by owner-");
  }

  @Test
  void a_status_that_the_block_calls_a_refusal_ends_the_delivery() {
    owner.ask(200, "PATCH", CHANNEL, Map.of("recipient", "@sales_team"));
    TELEGRAM.answers(403, Map.of(), "{\"description\":\"bot was kicked\"}");

    var refused = tested();

    assertThat(refused.get("state").asText()).isEqualTo("failed");
    assertThat(refused.get("lastError").asText()).contains("403");
    var attempts = "/api/deliveries/" + refused.get("id").asText() + "/attempts";
    assertThat(owner.ask(200, "GET", attempts, null).get("items"))
        .singleElement()
        .satisfies(
            attempt -> {
              assertThat(attempt.get("outcome").asText()).isEqualTo("permanent");
              assertThat(attempt.get("answer").asText()).contains("bot was kicked");
            });
  }

  @ParameterizedTest
  @ValueSource(strings = {"sales team", "@a", "kim@example.com"})
  void a_recipient_that_the_block_does_not_allow_is_refused_with_its_example(String recipient) {
    var refused = owner.ask(400, "PATCH", CHANNEL, Map.of("recipient", recipient));

    assertThat(refused.at("/errors/0/field").asText()).isEqualTo("recipient");
    assertThat(refused.at("/errors/0/detail").asText())
        .isEqualTo("Chat id must look like @sales_team.");
  }

  @Test
  void the_new_channel_is_not_switched_on_without_a_recipient() {
    assertThat(
            owner
                .ask(400, "PATCH", CHANNEL, Map.of("isEnabled", true))
                .at("/errors/0/detail")
                .asText())
        .isEqualTo("A channel that is on needs a recipient: give one such as @sales_team.");
  }

  @Test
  void the_api_shows_the_new_channel_as_its_block_describes_it() {
    var shown =
        owner.ask(200, "GET", "/api/channels", null).get("channels").findParents("type").stream()
            .filter(channel -> channel.get("type").asText().equals("telegram"))
            .findFirst()
            .orElseThrow();

    assertThat(shown.get("label").asText()).isEqualTo("Telegram");
    assertThat(shown.get("isServed").asBoolean()).isTrue();
    assertThat(shown.get("recipientFormat"))
        .isEqualTo(
            service.json(
                "{\"label\":\"Chat id\",\"kind\":\"text\",\"pattern\":\"@\\\\w{5,32}|-?\\\\d{1,20}\",\"example\":\"@sales_team\"}"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "routes/channel-telegram.yaml",
        "telegram/application.yaml",
        "config/templates/telegram/lead.mustache",
        "config/templates/telegram/test.mustache"
      })
  void the_guide_shows_each_file_of_the_new_channel(String file) throws IOException {
    assertThat(Files.readString(Path.of("docs/add-a-channel.md")))
        .contains(Files.readString(Path.of("src/test/resources", file)));
  }

  private JsonNode tested() {
    var delivery = owner.ask(202, "POST", CHANNEL + "/test", null).at("/deliveries/0/id").asText();
    return await()
        .until(
            () -> owner.ask(200, "GET", "/api/deliveries/" + delivery, null),
            each -> !List.of("pending", "sending").contains(each.get("state").asText()));
  }
}
