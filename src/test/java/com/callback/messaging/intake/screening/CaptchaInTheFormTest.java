package com.callback.messaging.intake.screening;

import static org.assertj.core.api.Assertions.assertThat;

import com.callback.messaging.support.FarEnd;
import com.callback.messaging.support.MovableClock;
import com.callback.messaging.support.Service;
import com.callback.messaging.support.Service.Business;
import com.callback.messaging.support.ServiceTest;
import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** A service with Turnstile, whose provider is played. */
@ServiceTest
@DirtiesContext
@ExtendWith(OutputCaptureExtension.class)
class CaptchaInTheFormTest {

  private static final FarEnd PROVIDER = new FarEnd();
  private static final Map<String, String> JSON = Map.of("Content-Type", "application/json");
  private static final String SOLVED =
      "{\"success\":true,\"hostname\":\"localhost\",\"action\":\"callback\"}";

  @Autowired Service service;
  @Autowired MovableClock clock;

  private Business business;

  @DynamicPropertySource
  static void aServiceOfItsOwn(DynamicPropertyRegistry settings) {
    settings.add("messaging.data-dir", () -> "target/test-data/captcha");
    settings.add("messaging.broker-name", () -> "captcha-test");
    settings.add("messaging.captcha.provider", () -> "turnstile");
    settings.add("messaging.captcha.site-key", () -> "site-key");
    settings.add("messaging.captcha.secret", () -> "the-captcha-secret");
    settings.add("messaging.captcha.url", PROVIDER::url);
  }

  @AfterAll
  static void stopTheProvider() {
    PROVIDER.close();
  }

  @BeforeEach
  void aBusiness() {
    business = service.businessWithoutChannels();
  }

  @Test
  void the_form_shows_the_widget_and_its_policy_lets_it_in() {
    var answer = service.get("/f/" + business.slug());
    var page = Jsoup.parse(answer.body());
    assertThat(page.selectFirst(".cf-turnstile").attr("data-sitekey")).isEqualTo("site-key");
    assertThat(page.selectFirst(".cf-turnstile").attr("data-action")).isEqualTo("callback");
    assertThat(page.select("script").attr("src"))
        .isEqualTo("https://challenges.cloudflare.com/turnstile/v0/api.js");
    assertThat(answer.headers().allValues("Content-Security-Policy"))
        .singleElement()
        .asString()
        .contains("script-src 'self' https://challenges.cloudflare.com;");
    assertThat(answer.body()).doesNotContain("the-captcha-secret");
  }

  @Test
  void a_solution_is_verified_and_never_logged(CapturedOutput output) {
    PROVIDER.answers(200, JSON, SOLVED);
    assertThat(signal("a solution & more")).isNull();
    assertThat(lastCall().body())
        .startsWith("secret=the-captcha-secret&response=a+solution+%26+more&remoteip=127.0.0.1")
        .contains("&idempotency_key=");
    assertThat(lastCall().headers())
        .containsEntry("content-type", "application/x-www-form-urlencoded")
        .doesNotContainKeys("authorization", "cookie", "origin");

    PROVIDER.answers(200, JSON, "{\"success\":false,\"error-codes\":[\"timeout-or-duplicate\"]}");
    assertThat(signal("a solution & more")).isEqualTo("captcha failed");
    assertThat(signal(null)).isEqualTo("captcha failed");
    assertThat(output.getAll()).doesNotContain("a solution", "a+solution", "the-captcha-secret");
  }

  @Test
  void a_provider_that_fails_once_is_asked_again_with_the_same_key() {
    PROVIDER.answers(500).answers(200, JSON, SOLVED);
    assertThat(signal("once")).isNull();
    var calls = PROVIDER.calls();
    assertThat(calls.get(calls.size() - 2).body()).isEqualTo(lastCall().body());
  }

  @Test
  void while_the_provider_is_away_leads_are_held_and_none_is_lost() {
    PROVIDER.answers(0).answers(0);
    assertThat(signal("away")).isEqualTo("captcha unavailable");
    clock.advance(Duration.ofMinutes(1));
    PROVIDER.answers(200, JSON, SOLVED);
    assertThat(signal("back")).isNull();
  }

  @Test
  void a_lead_that_is_suspicious_anyway_is_not_asked_about() {
    var before = PROVIDER.calls().size();
    var form = form("solved") + "&company_website=x";
    assertThat(sent(form)).isEqualTo("honeypot");
    assertThat(PROVIDER.calls()).hasSize(before);
  }

  private FarEnd.Call lastCall() {
    return PROVIDER.calls().get(PROVIDER.calls().size() - 1);
  }

  private String signal(String solution) {
    return sent(form(solution));
  }

  private String form(String solution) {
    var page = Jsoup.parse(service.get("/f/" + business.slug()).body());
    clock.advance(Duration.ofSeconds(10));
    return "funnelId=%s&contactName=Ada&contactEmail=ada@example.com&message=%s&_token=%s%s"
        .formatted(
            business.funnel(),
            UUID.randomUUID(),
            page.selectFirst("[name=_token]").val(),
            solution == null
                ? ""
                : "&cf-turnstile-response=" + URLEncoder.encode(solution, StandardCharsets.UTF_8));
  }

  private String sent(String form) {
    var answer =
        service.send(
            service
                .request("/api/messages", "application/x-www-form-urlencoded")
                .header("Origin", service.at("").toString())
                .POST(BodyPublishers.ofString(form)));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(303);
    return (String)
        service
            .database()
            .sql(
                "select quarantine_reason from public.messages where business_id = ? order by id desc limit 1")
            .param(business.id())
            .query()
            .singleRow()
            .get("quarantine_reason");
  }
}
