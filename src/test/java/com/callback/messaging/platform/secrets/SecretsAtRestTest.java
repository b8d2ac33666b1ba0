package com.callback.messaging.platform.secrets;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.callback.messaging.delivery.channel.webhook.WebhookVerifier;
import com.callback.messaging.platform.startup.StartFailure;
import com.callback.messaging.support.FarEnd;
import com.callback.messaging.support.Service;
import com.callback.messaging.support.Service.Business;
import com.callback.messaging.support.ServiceTest;
import com.callback.messaging.support.StandardWebhooks;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;
import org.apache.camel.ProducerTemplate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;

/** No copy of the database gives a secret away. */
@ServiceTest
class SecretsAtRestTest {

  private static final String HEADER = "Bearer owners-crm-token";

  @Autowired Service service;
  @Autowired SecretBox box;
  @Autowired ProducerTemplate routes;
  @Autowired WebhookVerifier verifier;

  @Autowired
  @Qualifier("worker")
  DataSource worker;

  private Business business;
  private String key;

  @BeforeEach
  void a_business() {
    business = service.businessWithoutChannels();
    key = service.key(business, "webhooks:read", "webhooks:write", "messages:read");
  }

  @Test
  void what_is_shown_once_stands_nowhere() {
    var created = subscribe("https://crm.example.com/leads");
    var rotated =
        service.json(
            service
                .call(
                    "POST",
                    "/api/webhook-subscriptions/" + created.get("id").asText() + "/rotate-secret",
                    key,
                    Map.of())
                .body());

    assertThat(dump())
        .doesNotContain(created.get("secret").asText().substring("whsec_".length()))
        .doesNotContain(rotated.get("secret").asText().substring("whsec_".length()))
        .doesNotContain("owners-crm-token")
        .doesNotContain(key);
  }

  @Test
  void a_call_is_signed_with_what_was_shown_and_carries_the_owners_header() throws Exception {
    try (var receiver = new FarEnd()) {
      var created = subscribe(receiver.usually(204, Map.of(), "").url());
      service.call(
          "POST", "/api/webhook-subscriptions/" + created.get("id").asText() + "/test", key, null);
      await().until(() -> !receiver.calls().isEmpty());
      var call = receiver.calls().get(0);
      var secret = created.get("secret").asText();
      assertThat(verifier.refusal(call.headers(), call.body().getBytes(UTF_8), secret)).isEmpty();
      assertThat(StandardWebhooks.accept(call.headers(), call.body(), secret)).isTrue();
      assertThat(call.headers()).containsValue(HEADER);
    }
  }

  @Test
  void what_the_platform_wrote_in_the_clear_is_sealed_soon() {
    service
        .database()
        .sql(
            "insert into public.message_channels (business_id, channel_type, config) values (?, 'webhook', '{\"url\":\"https://crm.example.com\"}')")
        .param(business.id())
        .update();
    var before = kept();
    assertThat(before).startsWith("whsec_");

    routes.sendBody("direct:re-encrypt-secrets", null);

    assertThat(kept()).startsWith(box.currentMark());
    assertThat(box.open(kept(), "webhooks of " + business.id())).isEqualTo(before);
  }

  @Test
  void a_client_secret_and_headers_in_the_clear_are_sealed_one_after_the_other() {
    service
        .database()
        .sql(
            "insert into messaging.webhook_subscriptions (business_id, url, headers, authentication) values (?, 'https://crm.example.com', '{\"X-A\": \"clear\"}', '{\"type\": \"oauth2\", \"clientSecret\": \"clear\"}')")
        .param(business.id())
        .update();

    routes.sendBody("direct:re-encrypt-secrets", null);
    routes.sendBody("direct:re-encrypt-secrets", null);

    var stored =
        service
            .database()
            .sql(
                "select authentication ->> 'clientSecret' || ' ' || (headers ->> 'X-A') from messaging.webhook_subscriptions where business_id = ?")
            .param(business.id())
            .query(String.class)
            .single();
    assertThat(stored.split(" "))
        .hasSize(2)
        .allSatisfy(
            each -> assertThat(box.open(each, "webhooks of " + business.id())).isEqualTo("clear"))
        .allSatisfy(each -> assertThat(each).startsWith(box.currentMark()));
  }

  @Test
  void a_recipient_that_was_stored_in_the_clear_is_sealed_soon() {
    var url = "https://hooks.slack.com/services/T0/B0/clear";
    var channel =
        service
            .database()
            .sql(
                "insert into public.message_channels (business_id, channel_type) values (?, 'slack') returning id")
            .param(business.id())
            .query(UUID.class)
            .single();
    service
        .database()
        .sql("insert into messaging.channel_secrets (channel_id, secret, shown) values (?, ?, '…')")
        .params(channel, url)
        .update();

    routes.sendBody("direct:re-encrypt-secrets", null);

    var sealed =
        service
            .database()
            .sql("select secret from messaging.channel_secrets where channel_id = ?")
            .param(channel)
            .query(String.class)
            .single();
    assertThat(sealed).startsWith(box.currentMark());
    assertThat(box.open(sealed, "recipients of " + business.id())).isEqualTo(url);
  }

  @Test
  void what_an_earlier_key_sealed_and_nobody_can_open_is_left_as_it_is() {
    subscribe("https://crm.example.com/leads");
    var foreign =
        new SecretBox(foreignKeys(9), new SealingKey(foreignKeys(9)))
            .seal("whsec_x", "webhooks of " + business.id());
    put(foreign);

    routes.sendBody("direct:re-encrypt-secrets", null);

    assertThat(kept()).isEqualTo(foreign);
  }

  @Test
  void a_key_that_opens_nothing_stops_the_start() {
    subscribe("https://crm.example.com/leads");
    var other = new KeyOpensWhatIsSealed(new SealingKey(foreignKeys(7)), worker);

    assertThatThrownBy(other::afterPropertiesSet)
        .isInstanceOf(StartFailure.class)
        .hasMessageContaining("MESSAGING_SECRETS_KEY opens nothing that is sealed");
  }

  @Test
  void a_delivery_that_cannot_be_signed_says_which_setting_is_missing() {
    subscribe("https://crm.example.com/leads");
    put(
        new SecretBox(foreignKeys(9), new SealingKey(foreignKeys(9)))
            .seal("whsec_x", "webhooks of " + business.id()));
    var id =
        service
            .json(service.call("GET", "/api/webhook-subscriptions", key, null).body())
            .at("/subscriptions/0/id")
            .asText();
    service.call("POST", "/api/webhook-subscriptions/" + id + "/test", key, null);

    await()
        .untilAsserted(
            () ->
                assertThat(
                        service
                            .database()
                            .sql(
                                "select coalesce(last_error, '') from messaging.deliveries where business_id = ?")
                            .param(business.id())
                            .query(String.class)
                            .list())
                    .singleElement()
                    .asString()
                    .contains("MESSAGING_SECRETS_PREVIOUS_KEYS")
                    .doesNotContain("whsec_"));
  }

  private com.fasterxml.jackson.databind.JsonNode subscribe(String url) {
    var answer =
        service.call(
            "POST",
            "/api/webhook-subscriptions",
            key,
            Map.of("url", url, "headers", Map.of("Authorization", HEADER)));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    return service.json(answer.body());
  }

  private String kept() {
    return service
        .database()
        .sql(
            "select w.secret from messaging.webhook_secrets w join messaging.webhook_subscriptions s on s.id = w.subscription_id where s.business_id = ?")
        .param(business.id())
        .query(String.class)
        .single();
  }

  private void put(String sealed) {
    service
        .database()
        .sql(
            "update messaging.webhook_secrets w set secret = ? from messaging.webhook_subscriptions s where s.id = w.subscription_id and s.business_id = ?")
        .params(sealed, business.id())
        .update();
  }

  private static MasterKeys foreignKeys(int fill) {
    var key = new byte[32];
    Arrays.fill(key, (byte) fill);
    return new MasterKeys(List.of(MasterKey.of(Base64.getEncoder().encodeToString(key))));
  }

  /** Every row of every table, as text. */
  private String dump() {
    var dump = new StringBuilder();
    for (var table :
        service
            .database()
            .sql(
                "select schemaname || '.' || tablename from pg_tables where schemaname in ('public', 'messaging')")
            .query(String.class)
            .list()) {
      service
          .database()
          .sql("select t::text from " + table + " t")
          .query(String.class)
          .list()
          .forEach(dump::append);
    }
    return dump.toString();
  }
}
