package com.callback.messaging.delivery.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.callback.messaging.platform.startup.StartFailure;
import com.callback.messaging.support.ProviderStandIn;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.springframework.core.io.FileSystemResource;

/**
 * The blocks of {@code config/application.yaml} against what the providers are known to respond.
 */
class ShippedChannelsTest {

  private static final Channels CHANNELS = new Channels(settings(Map.of()));

  private final RetryPolicy policy =
      new RetryPolicy(CHANNELS, new Reasons(), new Backoff(0), Clock.systemUTC());

  static Stream<String> providers() {
    return ProviderStandIn.providers().stream().filter(name -> !name.equals("pushover"));
  }

  static Stream<Arguments> failures() {
    return providers()
        .flatMap(
            provider ->
                ProviderStandIn.provider(provider).path("fails").properties().stream()
                    .filter(each -> !each.getValue().path("means").asText().equals("unknown"))
                    .map(each -> Arguments.of(provider, each.getKey(), each.getValue())));
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("failures")
  void a_failure_of_a_provider_is_retried_exactly_where_that_may_help(
      String channel, String name, JsonNode failure) {
    var thrown =
        catchThrowable(
            () ->
                policy.require2xx(
                    channel,
                    failure.path("status").asInt(),
                    failure.at("/headers/Retry-After").textValue(),
                    null,
                    failure.path("body").asText()));

    assertThat(RetryPolicy.kind(thrown))
        .isEqualTo(FailureKind.valueOf(failure.path("means").asText().toUpperCase(Locale.ROOT)));
    var wait = failure.has("wait") ? Duration.ofSeconds(failure.get("wait").asInt()) : null;
    assertThat(((UnsuccessfulResponseException) thrown).retryAfter().orElse(null)).isEqualTo(wait);
  }

  /** The bodies of SMS providers differ: not the channel reads them, but each provider. */
  static Stream<String> chats() {
    return providers().filter(name -> !name.equals("sms"));
  }

  @ParameterizedTest
  @MethodSource("chats")
  void what_a_provider_responds_to_a_message_it_accepts_is_a_success(String channel) {
    var accepted = ProviderStandIn.provider(channel).path("accepts");
    var body = accepted.path("body").asText();

    assertThatCode(
            () -> policy.require2xx(channel, accepted.path("status").asInt(), null, null, body))
        .doesNotThrowAnyException();
    assertThat(policy.reference(channel, body).orElse(null))
        .isEqualTo(accepted.path("reference").textValue());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "slack",
        "teams",
        "discord",
        "telegram",
        "ntfy",
        "whatsapp",
        "google-chat",
        "json",
        "queue"
      })
  void a_shipped_channel_is_off_until_the_operator_enables_it(String channel) {
    assertThat(CHANNELS.of(channel).enabled()).isFalse();
    assertThat(CHANNELS.enabled()).doesNotContain(channel);
  }

  @ParameterizedTest
  @CsvSource({
    "slack, https://hooks.slack-gov.com/services/T0123ABCD/B0123ABCD/abcdefghijABCDEFGHIJ1234",
    "teams, https://default0123.45.environment.api.powerplatform.com:443/powerautomate/automations/direct/workflows/0123/triggers/manual/paths/invoke?api-version=1&sp=%2Ftriggers%2Fmanual%2Frun&sv=1.0&sig=a-B_c",
    "discord, https://discordapp.com/api/v10/webhooks/119999999999999999/abc-DEF_0123456789abcdefghij",
    "telegram, -1001234567890",
    "ntfy, leads_5b1f",
    "google-chat, https://chat.googleapis.com/v1/spaces/AAQA_x-1/messages?key=AIza-x&token=abc_DEF%3D"
  })
  void a_recipient_that_the_provider_gives_out_fits(String channel, String recipient) {
    assertThat(CHANNELS.of(channel).recipient().fits(recipient)).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "slack, http://hooks.slack.com/services/T00000000/B00000000/XXXXXXXXXXXXXXXXXXXXXXXX",
    "slack, https://hooks.slack.com.evil.example/services/T00000000/B00000000/XXXXXXXXXXXXXXXXXXXXXXXX",
    "slack, https://hooks.slack.com@evil.example/services/T00000000/B00000000/XXXXXXXXXXXXXXXXXXXXXXXX",
    "slack, https://hooks.slack.com/services/T00000000/B00000000/XXXXXXXXXXXXXXXXXXXX{{spring.mail.password}}",
    "teams, https://logic.azure.com.evil.example/workflows/0123456789abcdef0123?sig=x",
    "teams, https://evil.example/.logic.azure.com/workflows/0123456789abcdef0123?sig=x",
    "teams, https://evil.example#.logic.azure.com/workflows/0123456789abcdef0123?sig=x",
    "teams, https://evil.example:1@x.logic.azure.com/workflows/0123456789abcdef0123?sig=x",
    "discord, https://discord.com/api/webhooks/1/XXXXXXXXXXXXXXXXXXXXXXXX",
    "discord, https://discord.com/api/webhooks/119999999999999999/XXXXXXXXXXXXXXXXXXXXXXXX?wait=false",
    "telegram, sales team",
    "ntfy, leads/json",
    "google-chat, https://chat.googleapis.com/v1/spaces/AAAAAAAAAAA/messages",
    "google-chat, https://chat.googleapis.com/v1/spaces/../../x/messages?key=XXXXXXXXXXXX&token=X"
  })
  void an_address_that_is_not_one_of_the_providers_does_not_fit(String channel, String recipient) {
    assertThat(CHANNELS.of(channel).recipient().fits(recipient)).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "telegram, 'channels.telegram.token is empty: set CHANNELS_TELEGRAM_TOKEN, or CHANNELS_TELEGRAM_ENABLED=false.'",
    "whatsapp, 'channels.whatsapp.token is empty: set CHANNELS_WHATSAPP_TOKEN, or CHANNELS_WHATSAPP_ENABLED=false.'"
  })
  void a_channel_that_lacks_what_it_requires_stops_the_start(String channel, String sentence) {
    var enabled =
        settings(Map.of("CHANNELS_%s_ENABLED".formatted(channel.toUpperCase(Locale.ROOT)), "true"));
    assertThatThrownBy(() -> new Channels(enabled))
        .isInstanceOf(StartFailure.class)
        .hasMessage(sentence);
  }

  @Test
  void a_channel_with_a_hyphen_is_enabled_by_a_variable_without_one() {
    var channels = new Channels(settings(Map.of("CHANNELS_GOOGLECHAT_ENABLED", "true")));

    assertThat(channels.enabled()).contains("google-chat").doesNotContain("googlechat");
  }

  private static StandardEnvironment settings(Map<String, Object> variables) {
    try {
      var settings = new StandardEnvironment();
      var sources = settings.getPropertySources();
      sources.remove(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME);
      sources.addLast(
          new SystemEnvironmentPropertySource(
              StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME, variables));
      sources.addLast(new MapPropertySource("embedded", Map.of("messaging.embedded.sms", "true")));
      new YamlPropertySourceLoader()
          .load("config", new FileSystemResource("config/application.yaml"))
          .forEach(sources::addLast);
      ConfigurationPropertySources.attach(settings);
      return settings;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
