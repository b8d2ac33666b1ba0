package com.callback.messaging.intake.screening;

import com.callback.messaging.intake.submission.Sender;
import com.callback.messaging.platform.http.PagePolicy;
import com.callback.messaging.platform.startup.OperatingMode;
import com.callback.messaging.platform.startup.StartFailure;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/**
 * Turnstile or hCaptcha, where one is configured. The solution is verified by a route; here is what
 * is asked, what an answer means, and when to stop asking. Neither the secret nor a solution is
 * ever written to a log.
 */
@Component("captcha")
public class Captcha {

  /** Says what a solution was for; a widget of another page may not say the same. */
  private static final String ACTION = "callback";

  /** Turnstile's limit; others are shorter. */
  private static final int LONGEST = 2_048 * 4;

  private static final int ATTEMPTS = 2;

  private final CaptchaSettings settings;
  private final CaptchaProvider provider;
  private final String publicHost;
  private final ObjectMapper json;
  private final CircuitBreaker breaker;

  Captcha(
      CaptchaSettings settings,
      Environment environment,
      @Value("${messaging.public-url}") String publicUrl,
      ObjectMapper json,
      Clock clock) {
    this.settings = settings;
    this.provider = provider(settings, OperatingMode.of(environment));
    this.publicHost = host(publicUrl);
    this.json = json;
    this.breaker =
        CircuitBreaker.of(
            "captcha",
            CircuitBreakerConfig.custom()
                .slidingWindowSize(20)
                .minimumNumberOfCalls(10)
                .waitDurationInOpenState(Duration.ofSeconds(30))
                .permittedNumberOfCallsInHalfOpenState(1)
                .clock(clock)
                .currentTimestampFunction(Clock::millis, TimeUnit.MILLISECONDS)
                .build());
  }

  /**
   * What the form shows: {@code widget}, {@code siteKey}, {@code script}, {@code action}; or null.
   */
  public Map<String, String> widget() {
    return provider == null
        ? null
        : Map.of(
            "widget", provider.widget(),
            "siteKey", settings.siteKey(),
            "script", provider.script(),
            "action", ACTION);
  }

  /** What pages with a form may load. */
  public String policy() {
    return PagePolicy.with(provider == null ? List.of() : provider.sources());
  }

  /** What is to be asked about a sender; null for nothing. */
  CaptchaCheck question(Sender sender, String address) {
    if (provider == null || sender.captcha() == null && !isRequiredOf(sender)) {
      return null;
    }
    return new CaptchaCheck(sender.captcha(), address, hostOf(sender));
  }

  /** Whether the provider is to be asked, for the first time or once more. */
  public boolean goesOn(CaptchaCheck check) {
    if (check.isAnswered()) {
      return false;
    }
    if (check.token() == null || check.token().length() > LONGEST) {
      check.answered(SpamSignal.CAPTCHA_FAILED);
      return false;
    }
    if (check.attempts() == ATTEMPTS || !breaker.tryAcquirePermission()) {
      check.answered(SpamSignal.CAPTCHA_UNAVAILABLE);
      return false;
    }
    check.begin();
    return true;
  }

  /** Where to ask. */
  public String url() {
    return settings.url().isBlank() ? provider.verifyUrl() : settings.url().strip();
  }

  /** What to ask, as a form. */
  public String form(CaptchaCheck check) {
    var fields = new LinkedHashMap<String, String>();
    fields.put("secret", settings.secret());
    fields.put("response", check.token());
    fields.put("remoteip", check.address());
    if (provider == CaptchaProvider.TURNSTILE) {
      fields.put("idempotency_key", check.key());
    } else {
      fields.put("sitekey", settings.siteKey());
    }
    return fields.entrySet().stream()
        .map(field -> field.getKey() + "=" + encoded(field.getValue()))
        .collect(Collectors.joining("&"));
  }

  /** The provider has answered. */
  public void answered(CaptchaCheck check, int status, String body) {
    var answer = read(status, body);
    if (answer == null || isItsOwnFault(answer)) {
      away(check);
      return;
    }
    breaker.onSuccess(0, TimeUnit.MILLISECONDS);
    check.answered(isSolved(check, answer) ? null : SpamSignal.CAPTCHA_FAILED);
  }

  /** No answer came. What hCaptcha was asked it may have used up, so it is asked once. */
  public void away(CaptchaCheck check) {
    breaker.onError(0, TimeUnit.MILLISECONDS, new IllegalStateException("No answer"));
    if (provider == CaptchaProvider.HCAPTCHA) {
      check.answered(SpamSignal.CAPTCHA_UNAVAILABLE);
    }
  }

  private JsonNode read(int status, String body) {
    try {
      var answer = json.readTree(body);
      return status < 500 && answer != null && answer.path("success").isBoolean() ? answer : null;
    } catch (JsonProcessingException e) {
      return null;
    }
  }

  /** Or ours: a secret that it does not know says nothing about the visitor. */
  private static boolean isItsOwnFault(JsonNode answer) {
    var faults =
        Set.of(
            "internal-error",
            "missing-input-secret",
            "invalid-input-secret",
            "sitekey-secret-mismatch");
    for (var code : answer.path("error-codes")) {
      if (faults.contains(code.asText())) {
        return true;
      }
    }
    return false;
  }

  private boolean isSolved(CaptchaCheck check, JsonNode answer) {
    if (!answer.path("success").booleanValue()) {
      return false;
    }
    // Answers to the secrets of the documentation name any host.
    return provider.isDummy(settings.secret())
        || answer.path("hostname").asText().equalsIgnoreCase(check.host())
            && (provider == CaptchaProvider.HCAPTCHA
                || answer.path("action").asText().equals(ACTION));
  }

  private boolean isRequiredOf(Sender sender) {
    return settings.requiredOf().equals("everyone") || Sender.OURS.equals(sender.origin());
  }

  private String hostOf(Sender sender) {
    return sender.origin() == null || sender.origin().equals(Sender.OURS)
        ? publicHost
        : host(sender.origin());
  }

  private static String host(String url) {
    try {
      return String.valueOf(URI.create(url.strip()).getHost());
    } catch (IllegalArgumentException e) {
      return "";
    }
  }

  private static String encoded(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8);
  }

  private static CaptchaProvider provider(CaptchaSettings settings, OperatingMode mode) {
    if (settings.provider().isBlank()) {
      return null;
    }
    var provider = named(settings.provider().strip());
    if (settings.siteKey().isBlank() || settings.secret().isBlank()) {
      throw new StartFailure(
          "A captcha needs both its keys: set MESSAGING_CAPTCHA_SITE_KEY and MESSAGING_CAPTCHA_SECRET, or leave MESSAGING_CAPTCHA_PROVIDER empty.");
    }
    if (!Set.of("hosted", "everyone").contains(settings.requiredOf())) {
      throw new StartFailure("Set MESSAGING_CAPTCHA_REQUIRED_OF to hosted or everyone.");
    }
    if (!settings.url().isBlank() && !settings.url().strip().matches("(?i)https?://[^/\\s]+.*")) {
      throw new StartFailure(
          "MESSAGING_CAPTCHA_URL is not a web address: write it as https://host/path.");
    }
    if (mode == OperatingMode.PRODUCTION && provider.isDummy(settings.secret())) {
      throw new StartFailure(
          "MESSAGING_CAPTCHA_SECRET is one for tests, which takes what anybody sends: set it to the secret of your own site.");
    }
    return provider;
  }

  private static CaptchaProvider named(String name) {
    try {
      return CaptchaProvider.valueOf(name.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      throw new StartFailure(
          "messaging.captcha.provider is '%s': set MESSAGING_CAPTCHA_PROVIDER to turnstile or hcaptcha, or leave it empty."
              .formatted(name),
          e);
    }
  }
}
