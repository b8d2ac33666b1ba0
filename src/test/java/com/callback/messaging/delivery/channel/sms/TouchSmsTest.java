package com.callback.messaging.delivery.channel.sms;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.callback.messaging.delivery.engine.ClaimedAttempts;
import com.callback.messaging.delivery.engine.NeverDeliverableException;
import com.callback.messaging.delivery.engine.OutgoingRequest;
import com.callback.messaging.delivery.engine.RefusedBySettingsException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.env.MockEnvironment;

class TouchSmsTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String ADA = "+61491570006";

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

    touchSms(claimed).writeAll(List.of(attempt));

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

    touchSms(claimed).writeAll(List.of(numberless, good));

    assertThat(ClaimedAttempts.failure(numberless)).isInstanceOf(NeverDeliverableException.class);
    assertThat(ClaimedAttempts.failure(good)).isNull();
    assertThat(ClaimedAttempts.request(good)).isNotNull();
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
    touchSms(claimed).writeAll(List.of(attempt));
    return ClaimedAttempts.request(attempt);
  }

  private static TouchSms touchSms(ClaimedAttempts claimed) {
    var settings =
        new MockEnvironment()
            .withProperty("channels.sms.url", "https://first.example/api")
            .withProperty("channels.sms.username", "a")
            .withProperty("channels.sms.password", "b")
            .withProperty("channels.sms.from", "FIRST")
            .withProperty("channels.sms.standby.url", "https://second.example")
            .withProperty("channels.sms.standby.username", "c")
            .withProperty("channels.sms.standby.password", "d")
            .withProperty("channels.sms.standby.from", "SECOND");
    return new TouchSms(
        new SmsWriter(null, null, null, null, 2), claimed.attempts(), JSON, settings);
  }
}
