package com.callback.messaging.intake.screening;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.callback.messaging.intake.submission.Sender;
import com.callback.messaging.platform.startup.StartFailure;
import com.callback.messaging.support.MovableClock;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.mock.env.MockEnvironment;

/** What an answer of a captcha's provider means, and which settings stop the start. */
class CaptchaTest {

  private final MovableClock clock = new MovableClock();

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      nullValues = "null",
      value = {
        "{\"success\":true,\"hostname\":\"forms.example\",\"action\":\"callback\"}; null",
        "{\"success\":true,\"hostname\":\"FORMS.example\",\"action\":\"callback\"}; null",
        "{\"success\":false,\"error-codes\":[\"timeout-or-duplicate\"]}; captcha failed",
        "{\"success\":true,\"hostname\":\"elsewhere.example\",\"action\":\"callback\"}; captcha failed",
        "{\"success\":true,\"hostname\":\"forms.example\",\"action\":\"login\"}; captcha failed",
        "{\"success\":true}; captcha failed"
      })
  void an_answer_counts_for_this_page_and_this_purpose(String answer, String signal) {
    var captcha = captcha("turnstile", "secret");
    var check = captcha.question(sender(Sender.OURS, "solved"), "192.0.2.1");
    assertThat(captcha.goesOn(check)).isTrue();
    captcha.answered(check, 200, answer);
    assertThat(captcha.goesOn(check)).isFalse();
    assertThat(check.signal()).isEqualTo(signal);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "500; {\"success\":true}",
        "200; <html>",
        "200; {}",
        "200; []",
        "200; {\"success\":false,\"error-codes\":[\"internal-error\"]}",
        "200; {\"success\":false,\"error-codes\":[\"invalid-input-secret\"]}"
      })
  void what_says_nothing_of_the_visitor_is_asked_once_more_and_then_not_held_against_them(
      int status, String answer) {
    var captcha = captcha("turnstile", "secret");
    var check = captcha.question(sender(Sender.OURS, "solved"), "192.0.2.1");
    assertThat(captcha.goesOn(check)).isTrue();
    var asked = captcha.form(check);
    captcha.answered(check, status, answer);
    assertThat(captcha.goesOn(check)).isTrue();
    assertThat(captcha.form(check)).as("the same question").isEqualTo(asked);
    captcha.answered(check, status, answer);
    assertThat(captcha.goesOn(check)).isFalse();
    assertThat(check.signal()).isEqualTo("captcha unavailable");
  }

  @Test
  void hcaptcha_is_asked_once() {
    var captcha = captcha("hcaptcha", "secret");
    var check = captcha.question(sender(Sender.OURS, "solved"), "192.0.2.1");
    assertThat(captcha.goesOn(check)).isTrue();
    assertThat(captcha.form(check))
        .isEqualTo("secret=secret&response=solved&remoteip=192.0.2.1&sitekey=site");
    captcha.away(check);
    assertThat(captcha.goesOn(check)).isFalse();
    assertThat(check.signal()).isEqualTo("captcha unavailable");
  }

  @Test
  void a_provider_that_is_away_costs_nobody_time_for_long() {
    var captcha = captcha("turnstile", "secret");
    for (int i = 0; i < 5; i++) {
      var check = captcha.question(sender(Sender.OURS, "solved"), "192.0.2.1");
      while (captcha.goesOn(check)) {
        captcha.away(check);
      }
    }
    var rested = captcha.question(sender(Sender.OURS, "solved"), "192.0.2.1");
    assertThat(captcha.goesOn(rested)).isFalse();
    assertThat(rested.signal()).isEqualTo("captcha unavailable");

    clock.advance(Duration.ofSeconds(31));
    assertThat(captcha.goesOn(captcha.question(sender(Sender.OURS, "solved"), "192.0.2.1")))
        .isTrue();
  }

  @Test
  void what_is_missing_or_endless_is_not_worth_a_question() {
    var captcha = captcha("turnstile", "secret");
    for (var token : new String[] {null, "x".repeat(10_000)}) {
      var check = captcha.question(sender(Sender.OURS, token), "192.0.2.1");
      assertThat(captcha.goesOn(check)).isFalse();
      assertThat(check.signal()).isEqualTo("captcha failed");
    }
  }

  @Test
  void it_is_required_of_our_own_forms_and_looked_at_wherever_it_is_sent_along() {
    var captcha = captcha("turnstile", "secret");
    assertThat(captcha.question(sender(null, null), "192.0.2.1")).isNull();
    assertThat(captcha.question(sender("https://shop.example", null), "192.0.2.1")).isNull();
    assertThat(captcha.question(sender("https://shop.example", "solved"), "192.0.2.1").host())
        .isEqualTo("shop.example");
    assertThat(captcha("", "").question(sender(Sender.OURS, "solved"), "192.0.2.1")).isNull();
  }

  @Test
  void pages_load_from_the_provider_and_nobody_else() {
    assertThat(captcha("", "").policy()).doesNotContain("http");
    assertThat(captcha("turnstile", "secret").policy())
        .contains("script-src 'self' https://challenges.cloudflare.com;");
    assertThat(captcha("hcaptcha", "secret").policy())
        .contains("frame-src 'self' https://hcaptcha.com https://*.hcaptcha.com;");
  }

  @ParameterizedTest
  @CsvSource({
    "recaptcha, site, secret, development, MESSAGING_CAPTCHA_PROVIDER",
    "turnstile, '', secret, development, MESSAGING_CAPTCHA_SITE_KEY",
    "turnstile, site, '', development, MESSAGING_CAPTCHA_SECRET",
    "turnstile, site, 1x0000000000000000000000000000000AA, production, MESSAGING_CAPTCHA_SECRET",
    "turnstile, site, 3x0000000000000000000000000000000AA, production, MESSAGING_CAPTCHA_SECRET",
    "hcaptcha, site, 0x0000000000000000000000000000000000000000, production, MESSAGING_CAPTCHA_SECRET"
  })
  void a_wrong_setting_stops_the_start(
      String provider, String siteKey, String secret, String mode, String variable) {
    assertThatThrownBy(() -> captcha(provider, siteKey, secret, mode))
        .isInstanceOf(StartFailure.class)
        .hasMessageContaining(variable)
        .hasMessageNotContaining("0000000");
  }

  @Test
  void secrets_for_tests_serve_in_development() {
    var captcha =
        captcha("turnstile", "site", "1x0000000000000000000000000000000AA", "development");
    var check = captcha.question(sender(Sender.OURS, "XXXX.DUMMY.TOKEN.XXXX"), "192.0.2.1");
    captcha.goesOn(check);
    captcha.answered(check, 200, "{\"success\":true,\"hostname\":\"example.com\"}");
    assertThat(captcha.goesOn(check)).isFalse();
    assertThat(check.signal()).isNull();
  }

  private Captcha captcha(String provider, String secret) {
    return captcha(provider, provider.isEmpty() ? "" : "site", secret, "development");
  }

  private Captcha captcha(String provider, String siteKey, String secret, String mode) {
    return new Captcha(
        new CaptchaSettings(provider, siteKey, secret, "hosted", ""),
        new MockEnvironment().withProperty("messaging.mode", mode),
        "https://forms.example/",
        new ObjectMapper(),
        clock);
  }

  private static Sender sender(String origin, String token) {
    return new Sender(null, "contact", "content", origin, false, null, null, token);
  }
}
