package com.callback.messaging.delivery.channel.sms;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.callback.messaging.delivery.channel.sms.HttpSmsSettings.Format;
import com.callback.messaging.delivery.channel.sms.SmsSettings.DryRun;
import com.callback.messaging.delivery.engine.Attempt;
import com.callback.messaging.delivery.engine.Channels;
import com.callback.messaging.delivery.engine.ClaimedAttempts;
import com.callback.messaging.delivery.engine.OutgoingRequest;
import com.callback.messaging.delivery.engine.RefusedBySettingsException;
import com.callback.messaging.delivery.engine.RetryPolicy;
import com.callback.messaging.platform.http.Query;
import com.callback.messaging.platform.startup.StartFailure;
import com.callback.messaging.platform.template.TemplateFolder;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.env.MockEnvironment;

/** Requests to a provider that is only set up, and what its responses mean. */
class HttpSmsTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String ADA = "+61491570156";
  private static final HttpSmsResponse RESPONSE =
      new HttpSmsResponse(
          Pattern.compile("\"status\":\"(?:queued|sent)\""),
          Pattern.compile("\"status\":\"rejected\""),
          Pattern.compile("\"status\":\"busy\""),
          Pattern.compile("\"id\":\"([^\"]+)\""));

  /** Quotes, marks of forms and of JSON, a break, an emoji, and marks of templates. */
  private static final String HOSTILE = "Ada \"The\" & Co=100%+1\n\\ {{from}} 👩 &to=+61000";

  @TempDir Path folder;

  @Test
  void a_json_request_says_each_field_as_it_is() throws Exception {
    var attempt = reply(HOSTILE);
    var request = written(settings(Format.JSON, RESPONSE), attempt);

    assertThat(request.isToProvider()).isTrue();
    assertThat(request.url()).isEqualTo("https://sms.example/messages");
    assertThat(request.headers())
        .containsEntry("Content-Type", "application/json")
        .containsEntry("X-API-Key", "secret")
        .containsEntry("X-Account", "7")
        .doesNotContainKey("Authorization");
    var body = JSON.readTree(request.body());
    assertThat(body.size()).isEqualTo(4);
    assertThat(body.get("to").asText()).isEqualTo(ADA);
    assertThat(body.get("from").asText()).isEqualTo("Callback & Co");
    assertThat(body.get("text").asText()).isEqualTo(HOSTILE);
    assertThat(body.get("reference").asText()).isEqualTo(attempt.delivery().id().toString());
  }

  @Test
  void a_form_request_says_each_field_as_it_is() {
    var attempt = reply(HOSTILE);
    var request = written(settings(Format.FORM, RESPONSE), attempt);

    assertThat(request.headers())
        .containsEntry("Content-Type", "application/x-www-form-urlencoded");
    var fields = Query.of(new String(request.body(), UTF_8));
    assertThat(fields).containsOnlyKeys("to", "from", "text", "reference");
    assertThat(fields.get("to")).containsExactly(ADA);
    assertThat(fields.get("from")).containsExactly("Callback & Co");
    assertThat(fields.get("text")).containsExactly(HOSTILE);
    assertThat(fields.get("reference")).containsExactly(attempt.delivery().id().toString());
  }

  @Test
  void a_template_of_the_operator_has_digits_alphabet_and_values() throws Exception {
    template(
        "http.form",
        "To={{digits}}\n{{#unicode}}&type=unicode\n{{/unicode}}&route={{values.route}}\n&Body={{text}}\n");

    assertThat(new String(written(settings(Format.FORM, RESPONSE), reply("ж")).body(), UTF_8))
        .isEqualTo("To=61491570156&type=unicode&route=a+b&Body=%D0%B6");
    assertThat(new String(written(settings(Format.FORM, RESPONSE), reply("a b")).body(), UTF_8))
        .isEqualTo("To=61491570156&route=a+b&Body=a+b");
  }

  @Test
  void a_template_that_makes_no_json_waits_for_its_operator_and_says_nothing_of_the_text()
      throws Exception {
    template("http.json", "{ \"text\": {{text}} }");
    var attempt = reply("Secret");

    write(settings(Format.JSON, RESPONSE), "http", attempt);

    assertThat(ClaimedAttempts.failure(attempt))
        .isInstanceOf(RefusedBySettingsException.class)
        .hasMessage(
            "What config/templates/sms/http.json.mustache makes is not JSON: the operator has to correct it.")
        .hasNoCause();
  }

  @Test
  void a_message_of_another_provider_is_left_to_it() {
    var attempt = reply("Hello");
    assertThat(write(settings(Format.JSON, RESPONSE), "touchsms", attempt)).hasSize(1);
    assertThat(ClaimedAttempts.request(attempt)).isNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"id\":\"m-1\",\"status\":\"queued\"} | m-1",
        "{\"status\":\"sent\",\"errors\":[\"status\"]} |",
        "{\"status\":\"queued\",\"was\":{\"status\":\"rejected\"}} |"
      })
  void a_body_with_what_an_accepted_message_has_is_a_success(String body, String reference)
      throws Exception {
    assertThat(read(RESPONSE, body)).isEqualTo(reference);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"status\":\"rejected\"} | permanent",
        "{\"status\":\"busy\"} | temporary",
        "{\"id\":\"m-1\",\"stat | unknown",
        "<html>Welcome to the hotel</html> | unknown",
        "`` | unknown"
      })
  void any_other_body_fails_and_one_that_says_nothing_leaves_open_what_happened(
      String body, String outcome) {
    assertThatThrownBy(() -> read(RESPONSE, body))
        .satisfies(
            failure -> assertThat(RetryPolicy.kind(failure).name()).isEqualToIgnoringCase(outcome))
        .hasMessageNotContaining("m-1");
  }

  @Test
  void a_provider_whose_accepted_bodies_are_not_described_accepts_all_that_refuse_nothing()
      throws Exception {
    var empty = Pattern.compile("");
    var response = new HttpSmsResponse(empty, Pattern.compile("ERR"), empty, empty);
    assertThat(read(response, "OK 17")).isNull();
    assertThat(read(response, "")).isNull();
    assertThatThrownBy(() -> read(response, "ERR 17"))
        .satisfies(
            failure ->
                assertThat(RetryPolicy.kind(failure).name()).isEqualToIgnoringCase("permanent"));
  }

  @Test
  void a_reference_without_a_group_stops_the_start() {
    assertThatThrownBy(() -> new HttpSmsResponse(null, null, null, Pattern.compile("id")))
        .isInstanceOf(StartFailure.class)
        .hasMessage(
            "channels.sms.http.response.reference has no group: put the part that is the id into parentheses.");
  }

  @ParameterizedTest
  @CsvSource({"'X Key', secret", "X-Key, 'secret\nX-More: 1'", "X-Key, 'sécret'"})
  void a_header_that_is_none_stops_the_start_without_its_value(String name, String value) {
    assertThatThrownBy(
            () ->
                new HttpSmsSettings(
                    "https://sms.example",
                    value,
                    name,
                    Map.of(),
                    Format.JSON,
                    "",
                    0,
                    RESPONSE,
                    Map.of()))
        .isInstanceOf(StartFailure.class)
        .hasMessageStartingWith("channels.sms.http.authorization-header is no HTTP header")
        .hasMessageNotContaining("cret");
  }

  @ParameterizedTest
  @ValueSource(strings = {"http,touchsms", "touchsms,http"})
  void the_sandbox_beside_a_provider_that_charges_stops_the_start(String providers) {
    assertThatThrownBy(() -> httpSms(settings(Format.JSON, RESPONSE), providers, true))
        .isInstanceOf(StartFailure.class)
        .hasMessageContaining("set CHANNELS_SMS_URL, or CHANNELS_SMS_PROVIDERS=http");
    assertThatCode(() -> httpSms(settings(Format.JSON, RESPONSE), providers, false))
        .doesNotThrowAnyException();
    assertThatCode(() -> httpSms(settings(Format.JSON, RESPONSE), "touchsms", true))
        .doesNotThrowAnyException();
  }

  @ParameterizedTest
  @EnumSource(
      value = DryRun.class,
      names = {"TESTS", "ALL"})
  void a_dry_run_that_this_provider_does_not_have_stops_the_start(DryRun dryRun) {
    var settings = settings(Format.JSON, RESPONSE);
    assertThatThrownBy(() -> httpSms(settings, "touchsms,http", false, dryRun))
        .isInstanceOf(StartFailure.class)
        .hasMessageContaining("set CHANNELS_SMS_DRY_RUN=none");
    assertThatCode(() -> httpSms(settings, "touchsms", false, dryRun)).doesNotThrowAnyException();
  }

  private final ClaimedAttempts claimed = new ClaimedAttempts("sms", "http");

  private Attempt reply(String text) {
    return claimed.reply(ADA, JSON.createObjectNode().put("text", text).toString());
  }

  private static HttpSmsSettings settings(Format format, HttpSmsResponse response) {
    return new HttpSmsSettings(
        "https://sms.example/messages",
        "secret",
        "X-API-Key",
        Map.of("X-Account", "7"),
        format,
        "Callback & Co",
        0,
        response,
        Map.of("route", "a b"));
  }

  private String read(HttpSmsResponse response, String body) throws Exception {
    return written(settings(Format.JSON, response), reply("Hello"))
        .reading()
        .reference(body == null ? new byte[0] : body.getBytes(UTF_8));
  }

  private OutgoingRequest written(HttpSmsSettings settings, Attempt attempt) {
    assertThat(write(settings, "http", attempt)).isEmpty();
    assertThat(ClaimedAttempts.failure(attempt)).isNull();
    return ClaimedAttempts.request(attempt);
  }

  private List<SmsMessage> write(HttpSmsSettings settings, String provider, Attempt attempt) {
    var texts = new SmsText(false);
    var messages =
        new SmsMessages(
            new SmsWriter(null, null, null, null, null, null, null, texts, 2),
            texts,
            new SmsCountries(List.of("AU")));
    var attempts = provider.equals("http") ? claimed : new ClaimedAttempts("sms", provider);
    return new HttpSms(
            attempts.attempts(),
            TemplateFolder.of(
                Files.exists(folder.resolve("templates")) ? folder : Path.of("config")),
            settings,
            SmsSettingsTest.any(1, DryRun.NONE),
            channels(provider),
            new MockEnvironment())
        .writeOwn(messages.write(List.of(attempt)));
  }

  private static HttpSms httpSms(HttpSmsSettings settings, String providers, boolean isSandbox) {
    return httpSms(settings, providers, isSandbox, DryRun.NONE);
  }

  private static HttpSms httpSms(
      HttpSmsSettings settings, String providers, boolean isSandbox, DryRun dryRun) {
    return new HttpSms(
        null,
        null,
        settings,
        SmsSettingsTest.any(1, dryRun),
        channels(providers),
        new MockEnvironment().withProperty("messaging.embedded.sms", Boolean.toString(isSandbox)));
  }

  private static Channels channels(String providers) {
    return ClaimedAttempts.channels("sms", providers);
  }

  private void template(String name, String text) throws Exception {
    var file = folder.resolve("templates/sms/" + name + ".mustache");
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }
}
