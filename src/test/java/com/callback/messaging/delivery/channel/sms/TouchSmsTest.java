package com.callback.messaging.delivery.channel.sms;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.callback.messaging.delivery.channel.sms.SmsSettings.DryRun;
import com.callback.messaging.delivery.engine.Attempt;
import com.callback.messaging.delivery.engine.ClaimedAttempts;
import com.callback.messaging.delivery.engine.NeverDeliverableException;
import com.callback.messaging.delivery.engine.OutgoingRequest;
import com.callback.messaging.delivery.engine.RefusedBySettingsException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.env.MockEnvironment;

class TouchSmsTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String ADA = "+61491570006";
  private static final String TEXT = "{\"text\":\"On our way\"}";

  @ParameterizedTest
  @CsvSource({
    "touchsms, https://first.example/api/v2/sms, FIRST, Basic YTpi",
    "touchsms-standby, https://second.example/v2/sms, SECOND, Basic Yzpk"
  })
  void a_message_goes_to_the_account_of_its_provider(
      String provider, String url, String from, String authorization) throws IOException {
    var request = written(provider);

    assertThat(request.isToProvider()).isTrue();
    assertThat(request.url()).isEqualTo(url);
    assertThat(request.headers())
        .containsEntry("Authorization", authorization)
        .containsEntry("Content-Type", "application/json")
        .containsEntry("Accept", "application/json");
    var messages = JSON.readTree(request.body()).get("messages");
    assertThat(messages).hasSize(1);
    assertThat(messages.at("/0/to").asText()).isEqualTo(ADA);
    assertThat(messages.at("/0/from").asText()).isEqualTo(from);
    assertThat(messages.at("/0/body").asText()).isEqualTo("On our way");
    assertThat(messages.at("/0/reference").asText())
        .isNotEmpty()
        .isEqualTo(messages.at("/0/metadata/mid").asText());
  }

  @Test
  void a_provider_without_an_account_is_the_operators_to_correct() {
    var claimed = new ClaimedAttempts("sms", "carrier-pigeon");
    var attempt = claimed.reply(ADA, "{}");

    write(claimed, attempt);

    assertThat(ClaimedAttempts.failure(attempt))
        .isInstanceOf(RefusedBySettingsException.class)
        .hasMessageContaining("carrier-pigeon")
        .hasMessageContaining("CHANNELS_SMS_PROVIDERS");
  }

  @Test
  void a_message_without_a_number_fails_alone() {
    var claimed = new ClaimedAttempts("sms", "touchsms");
    var numberless = claimed.reply(" ", "{}");
    var good = claimed.reply(ADA, "{\"text\":\"On our way\"}");

    write(claimed, numberless, good);

    assertThat(ClaimedAttempts.failure(numberless)).isInstanceOf(NeverDeliverableException.class);
    assertThat(ClaimedAttempts.failure(good)).isNull();
    assertThat(ClaimedAttempts.request(good)).isNotNull();
  }

  @Test
  void a_number_of_another_country_gets_no_sms() {
    var claimed = new ClaimedAttempts("sms", "touchsms");
    var abroad = claimed.reply("+491701234567", TEXT);

    write(claimed, abroad);

    assertThat(ClaimedAttempts.failure(abroad))
        .isInstanceOf(NeverDeliverableException.class)
        .hasMessageContaining("CHANNELS_SMS_COUNTRIES");
    assertThat(ClaimedAttempts.request(abroad)).isNull();
  }

  @Test
  void messages_share_requests_of_as_many_as_the_setting_says() throws IOException {
    var claimed = new ClaimedAttempts("sms", "touchsms");
    var batch = Stream.generate(() -> claimed.reply(ADA, TEXT)).limit(5).toArray(Attempt[]::new);

    write(SmsSettingsTest.any(2, DryRun.NONE), claimed, batch);

    var first = ClaimedAttempts.shared(batch[0]);
    assertThat(first.attempts()).containsExactly(batch[0], batch[1]);
    assertThat(ClaimedAttempts.shared(batch[2]).attempts()).containsExactly(batch[2], batch[3]);
    assertThat(ClaimedAttempts.shared(batch[4])).as("the last has its own request").isNull();
    assertThat(first.request().url()).isEqualTo("https://first.example/api/v2/sms");
    assertThat(JSON.readTree(first.request().body()).get("messages"))
        .extracting(message -> message.get("reference").asText())
        .containsExactly(batch[0].delivery().id().toString(), batch[1].delivery().id().toString());
  }

  @Test
  void messages_that_were_refused_before_are_in_no_request() {
    var claimed = new ClaimedAttempts("sms", "touchsms");
    var abroad = claimed.reply("+491701234567", TEXT);
    var good = claimed.reply(ADA, TEXT);
    var alsoGood = claimed.reply(ADA, TEXT);

    write(claimed, good, abroad, alsoGood);

    assertThat(ClaimedAttempts.shared(good).attempts()).containsExactly(good, alsoGood);
    assertThat(ClaimedAttempts.shared(abroad)).isNull();
  }

  @ParameterizedTest
  @CsvSource({"NONE, reply, /v2/sms", "TESTS, reply, /v2/sms", "ALL, reply, /v2/sms/dry"})
  void a_dry_run_goes_where_nothing_is_sent(DryRun dryRun, String cause, String path) {
    var claimed = new ClaimedAttempts("sms", "touchsms");
    var attempt = claimed.of(cause, ADA, TEXT);
    write(SmsSettingsTest.any(64, dryRun), claimed, attempt);
    assertThat(ClaimedAttempts.request(attempt).url())
        .isEqualTo("https://first.example/api" + path);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"data\":{\"messages\":[{\"id\":\"t-1\"}],\"errors\":[]}} | t-1",
        "{\"data\":{\"messages\":[{\"id\":17}]}} | 17",
        "{\"data\":{\"messages\":[{\"id\":null}]}} |",
        "{\"data\":{\"messages\":[{\"id\":{}}]}} |",
        "{\"data\":{\"errors\":\"none\"}} |",
        "{} |",
        "`` |"
      })
  void a_success_gives_the_providers_own_id_if_there_is_one(String response, String reference)
      throws Exception {
    assertThat(read(response)).isEqualTo(reference);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"data\":{\"errors\":[{\"error_code\":\"INVALID_RECIPIENT\"}]}} | INVALID_RECIPIENT",
        "{\"data\":{\"errors\":[{}]}} | no code given"
      })
  void a_success_that_refuses_the_message_is_final_and_names_the_code(
      String response, String code) {
    assertThatThrownBy(() -> read(response))
        .isInstanceOf(NeverDeliverableException.class)
        .hasMessage("The SMS provider refused the message: " + code);
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"data\":", "<html>"})
  void a_success_that_cannot_be_read_leaves_open_what_happened(String response) {
    assertThatThrownBy(() -> read(response)).isInstanceOf(JsonProcessingException.class);
  }

  private static String read(String response) throws Exception {
    return written("touchsms").reading().reference(response.getBytes(UTF_8));
  }

  private static OutgoingRequest written(String provider) {
    var claimed = new ClaimedAttempts("sms", provider);
    var attempt = claimed.reply(ADA, "{\"text\":\"On our way\"}");
    write(claimed, attempt);
    return ClaimedAttempts.request(attempt);
  }

  private static void write(ClaimedAttempts claimed, Attempt... batch) {
    write(SmsSettingsTest.any(64, DryRun.NONE), claimed, batch);
  }

  private static void write(SmsSettings settings, ClaimedAttempts claimed, Attempt... batch) {
    var texts = new SmsText(false);
    var countries = new SmsCountries(List.of("AU"));
    var messages =
        new SmsMessages(
                new SmsWriter(null, null, null, null, null, null, texts, 2), texts, countries)
            .write(List.of(batch));
    // As without a database: nothing is limited, and the configured countries hold.
    new SmsBudget(JSON, settings, countries).unknown(messages);
    touchSms(settings, claimed).writeAll(messages);
  }

  private static TouchSms touchSms(SmsSettings settings, ClaimedAttempts claimed) {
    return new TouchSms(
        claimed.attempts(),
        JSON,
        settings,
        new MockEnvironment()
            .withProperty("channels.sms.url", "https://first.example/api")
            .withProperty("channels.sms.username", "a")
            .withProperty("channels.sms.password", "b")
            .withProperty("channels.sms.from", "FIRST")
            .withProperty("channels.sms.standby.url", "https://second.example")
            .withProperty("channels.sms.standby.username", "c")
            .withProperty("channels.sms.standby.password", "d")
            .withProperty("channels.sms.standby.from", "SECOND"));
  }
}
