package com.callback.messaging.delivery.channel.sms;

import com.callback.messaging.delivery.channel.sms.HttpSmsSettings.Format;
import com.callback.messaging.delivery.channel.sms.SmsSettings.DryRun;
import com.callback.messaging.delivery.engine.Attempts;
import com.callback.messaging.delivery.engine.Channels;
import com.callback.messaging.delivery.engine.OutgoingRequest;
import com.callback.messaging.delivery.engine.Pace;
import com.callback.messaging.delivery.engine.RefusedBySettingsException;
import com.callback.messaging.platform.startup.StartFailure;
import com.callback.messaging.platform.template.Templates;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/**
 * Writes the requests to a provider that takes each SMS by one HTTP request, from {@code
 * config/templates/sms/http.json.mustache} or {@code http.form.mustache}. The template has {@code
 * to}, an international number with its plus sign; {@code digits}, the same without it; {@code
 * from}; {@code text}; {@code unicode}, where the text needs UCS-2; {@code id}, that of the
 * delivery; and {@code values}, the operator's own.
 */
@Component
public class HttpSms {

  private static final String PROVIDER = "http";

  private final ObjectReader json =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build().reader();
  private final Attempts attempts;
  private final Templates templates;
  private final HttpSmsSettings settings;
  private final Map<String, String> headers;
  private final Pace pace;

  HttpSms(
      Attempts attempts,
      Templates templates,
      HttpSmsSettings settings,
      SmsSettings ofChannel,
      Channels channels,
      Environment environment) {
    this.attempts = attempts;
    this.templates = templates;
    this.settings = settings;
    this.headers = headers(settings);
    this.pace = Pace.perSecond(settings.requestsPerSecond());
    if (channels.of("sms").providers().contains(PROVIDER)) {
      requireItsMeans(
          ofChannel, environment.getProperty("messaging.embedded.sms", Boolean.class, false));
    }
  }

  /** Nobody is to be charged for what was to cost nothing. */
  private static void requireItsMeans(SmsSettings ofChannel, boolean isBesideSandbox) {
    if (ofChannel.dryRun() != DryRun.NONE) {
      throw new StartFailure(
          "channels.sms.dry-run is %s, but the provider http would send these messages: set CHANNELS_SMS_DRY_RUN=none, or leave http out of CHANNELS_SMS_PROVIDERS."
              .formatted(ofChannel.dryRun().name().toLowerCase(Locale.ROOT)));
    }
    // The sandbox may get an SMS twice. Beside it, so would a provider that charges for each.
    if (isBesideSandbox) {
      throw new StartFailure(
          "channels.sms.providers names touchsms beside http, but channels.sms.url is empty: set CHANNELS_SMS_URL, or CHANNELS_SMS_PROVIDERS=http.");
    }
  }

  private static Map<String, String> headers(HttpSmsSettings settings) {
    var headers = new HashMap<>(settings.headers());
    headers.put("Content-Type", settings.format().type);
    headers.putIfAbsent("Accept", "application/json");
    if (!settings.authorization().isBlank()) {
      headers.put(settings.authorizationHeader(), settings.authorization());
    }
    return Map.copyOf(headers);
  }

  /**
   * Writes the requests of the messages that go to this provider, and have not failed yet.
   *
   * @return the messages of other providers
   */
  List<SmsMessage> writeOwn(List<SmsMessage> messages) {
    return messages.stream().filter(message -> !writes(message)).toList();
  }

  private boolean writes(SmsMessage message) {
    var attempt = message.attempt();
    if (attempt.hasFailed() || !attempts.provider(attempt).equals(PROVIDER)) {
      return false;
    }
    attempt.write(
        () ->
            OutgoingRequest.toProvider(
                settings.url(),
                headers,
                body(message).getBytes(StandardCharsets.UTF_8),
                settings.response()::reference,
                pace));
    return true;
  }

  private String body(SmsMessage message) {
    var number = message.delivery().recipient();
    var body =
        templates.fill(
            settings.format().template,
            Map.of(
                "to", number,
                "digits", number.replace("+", ""),
                "from", settings.from(),
                "text", message.text(),
                "unicode", message.size().encoding() == SmsEncoding.UCS_2,
                "id", message.delivery().id().toString(),
                "values", settings.values()));
    // A form is written with a field on each line; what was typed has no bare white space any more.
    return settings.format() == Format.FORM ? body.replaceAll("\\s+", "") : compact(body);
  }

  private String compact(String body) {
    try {
      return json.readTree(body).toString();
    } catch (JsonProcessingException e) {
      // The cause stays out: its message quotes the text.
      throw new RefusedBySettingsException(
          "What config/templates/sms/http.json.mustache makes is not JSON: the operator has to correct it.");
    }
  }
}
