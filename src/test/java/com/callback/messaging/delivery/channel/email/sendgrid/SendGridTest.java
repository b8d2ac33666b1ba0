package com.callback.messaging.delivery.channel.email.sendgrid;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.callback.messaging.delivery.channel.email.Mail;
import com.callback.messaging.delivery.engine.Delivery;
import com.callback.messaging.platform.startup.StartFailure;
import com.callback.messaging.support.SendGridRules;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.mail.internet.InternetAddress;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SendGridTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final UUID ID = UUID.fromString("3f0c2f0e-6f1f-4a53-9a2e-0f7c1f4c9f10");

  @Test
  void a_mail_about_a_lead_keeps_to_the_published_schema_and_names_its_delivery()
      throws IOException {
    var request = written(lead(), "lead");

    assertThat(SendGridRules.problems(request)).isEmpty();
    assertThat(request)
        .isEqualTo(
            JSON.readTree(
                """
                {
                  "personalizations": [{
                    "to": [{"email": "owner@example.com"}],
                    "custom_args": {"mid": "3f0c2f0e-6f1f-4a53-9a2e-0f7c1f4c9f10", "delivery_attempt": "3"}
                  }],
                  "from": {"email": "callbacks@mail.example.com", "name": "Müller & \\"Sons\\""},
                  "reply_to_list": [{"email": "ada@example.com", "name": "Ada, Countess"}],
                  "subject": "Ada asks for a call",
                  "content": [
                    {"type": "text/plain", "value": "Hello"},
                    {"type": "text/html", "value": "<p>Hello</p>"}
                  ],
                  "categories": ["bakery", "lead"],
                  "headers": {
                    "Message-ID": "<1@mail.example.com>",
                    "Auto-Submitted": "auto-generated",
                    "X-Auto-Response-Suppress": "All"
                  },
                  "tracking_settings": {
                    "click_tracking": {"enable": false, "enable_text": false},
                    "open_tracking": {"enable": false}
                  },
                  "mail_settings": {"sandbox_mode": {"enable": false}}
                }
                """));
  }

  @Test
  void a_reply_of_a_person_joins_its_thread_in_one_line_and_is_not_marked_as_automatic()
      throws IOException {
    var request =
        written(
            new Mail(
                address("callbacks@mail.example.com", null),
                address("ada@example.com", null),
                null,
                " ",
                "<3@mail.example.com>",
                "<2@mail.example.com>",
                "<1@mail.example.com>\r\n <2@mail.example.com>",
                null,
                true,
                "Hello",
                "<p>Hello</p>"),
            "reply");

    assertThat(SendGridRules.problems(request)).isEmpty();
    assertThat(request.get("headers"))
        .isEqualTo(
            JSON.readTree(
                """
                {"Message-ID": "<3@mail.example.com>", "In-Reply-To": "<2@mail.example.com>",
                 "References": "<1@mail.example.com> <2@mail.example.com>"}
                """));
    assertThat(request.has("reply_to_list")).isFalse();
    assertThat(request.get("subject").asText()).isEqualTo("(no subject)");
  }

  @Test
  void an_optional_mail_has_a_link_that_ends_it_with_one_click_where_that_is_https()
      throws IOException {
    var request = written(mail("https://leads.example.com/unsubscribe/x"), "digest");
    assertThat(SendGridRules.problems(request)).isEmpty();
    assertThat(request.at("/headers/List-Unsubscribe").asText())
        .isEqualTo("<https://leads.example.com/unsubscribe/x>");
    assertThat(request.at("/headers/List-Unsubscribe-Post").asText())
        .isEqualTo("List-Unsubscribe=One-Click");
    assertThat(written(mail("http://localhost/unsubscribe/x"), "digest").get("headers").toString())
        .doesNotContain("List-");
  }

  @Test
  void a_mail_in_sandbox_mode_says_so() throws IOException {
    var settings = new SendGridSettings("SG.k", "https://h.example", null, true, null, null, null);
    var request =
        JSON.readTree(
            new SendGrid(settings, List.of(), true, JSON, Clock.systemUTC())
                .request(lead(), delivery("lead")));
    assertThat(request.at("/mail_settings/sandbox_mode/enable").asBoolean()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "429, , 1795316760, 60",
    "429, 5, 1795316760, 5",
    "429, , 1795316600, 0",
    "429, , soon, ",
    "429, , , ",
    "503, , 1795316760, ",
    "503, 7, 1795316760, 7",
    "202, , 1795316760, ",
    ", , 1795316760, "
  })
  void a_429_asks_to_wait_until_its_limit_is_reset(
      Integer status, String retryAfter, String reset, String expected) {
    assertThat(sendGrid().retryAfter(status, retryAfter, reset)).isEqualTo(expected);
  }

  @Test
  void sendgrid_without_a_key_stops_the_start_only_where_it_is_to_send() {
    var keyless = settings("", "https://api.sendgrid.com", List.of());
    assertThatThrownBy(
            () -> new SendGrid(keyless, List.of("smtp", "sendgrid"), true, JSON, Clock.systemUTC()))
        .isInstanceOf(StartFailure.class)
        .hasMessage(
            "channels.email.providers names sendgrid, and there is no API key: set CHANNELS_EMAIL_SENDGRID_API_KEY.");
    var second =
        new SendGridSettings(
            "SG.k",
            "https://api.example",
            null,
            false,
            "",
            null,
            new SendGridSettings.Standby("", "https://api.example", ""));
    assertThatThrownBy(
            () ->
                new SendGrid(
                    second, List.of("sendgrid", "sendgrid-standby"), true, JSON, Clock.systemUTC()))
        .isInstanceOf(StartFailure.class)
        .hasMessageEndingWith("set CHANNELS_EMAIL_SENDGRID_STANDBY_API_KEY.");
    assertThat(new SendGrid(keyless, List.of("smtp"), true, JSON, Clock.systemUTC())).isNotNull();
    assertThat(new SendGrid(keyless, List.of("sendgrid"), false, JSON, Clock.systemUTC()))
        .isNotNull();
  }

  @ParameterizedTest
  @CsvSource({
    "ftp://api.example, SG.k, CHANNELS_EMAIL_SENDGRID_URL",
    "'', SG.k, CHANNELS_EMAIL_SENDGRID_URL",
    "https://api.example, SG.k SG.l, CHANNELS_EMAIL_SENDGRID_API_KEY",
    "https://api.example, SG.ü, CHANNELS_EMAIL_SENDGRID_API_KEY"
  })
  void a_wrong_setting_stops_the_start_and_shows_no_key(String url, String key, String named) {
    assertThatThrownBy(() -> settings(key, url, List.of()).accounts())
        .isInstanceOf(StartFailure.class)
        .hasMessageContaining(named)
        .message()
        .doesNotContain("SG.k");
  }

  @Test
  void categories_that_sendgrid_refuses_stop_the_start() {
    for (var wrong :
        List.of(
            List.of("a", "a"),
            List.of(" "),
            List.of("x".repeat(256)),
            List.of("0123456789".split("")))) {
      assertThatThrownBy(() -> settings("SG.k", "https://api.example", wrong))
          .isInstanceOf(StartFailure.class)
          .hasMessageContaining("CHANNELS_EMAIL_SENDGRID_CATEGORIES");
    }
  }

  @Test
  void the_key_is_in_the_header_and_in_no_text_of_the_settings() {
    assertThat(sendGrid().authorization("sendgrid")).isEqualTo("Bearer SG.k");
    assertThat(sendGrid().address("sendgrid"))
        .isEqualTo("https://api.eu.sendgrid.com/v3/mail/send");
    assertThat(settings("SG.k", "https://api.example", List.of()).toString())
        .doesNotContain("SG.k");
  }

  private static JsonNode written(Mail mail, String cause) throws IOException {
    return JSON.readTree(sendGrid().request(mail, delivery(cause)));
  }

  private static SendGrid sendGrid() {
    return new SendGrid(
        settings("SG.k", "https://api.eu.sendgrid.com/", List.of("bakery")),
        List.of("sendgrid"),
        true,
        JSON,
        Clock.fixed(Instant.ofEpochSecond(1_795_316_700L), ZoneOffset.UTC));
  }

  private static SendGridSettings settings(String key, String url, List<String> categories) {
    return new SendGridSettings(key, url, categories, false, "", Duration.ofHours(25), null);
  }

  private static Mail lead() {
    return mail(null);
  }

  private static Mail mail(String unsubscribeLink) {
    return new Mail(
        address("callbacks@mail.example.com", "Müller & \"Sons\""),
        address("owner@example.com", null),
        address("ada@example.com", "Ada, Countess"),
        "Ada asks for a call",
        "<1@mail.example.com>",
        null,
        null,
        unsubscribeLink,
        false,
        "Hello",
        "<p>Hello</p>");
  }

  private static InternetAddress address(String email, String name) {
    try {
      return new InternetAddress(email, name, "UTF-8");
    } catch (java.io.UnsupportedEncodingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Delivery delivery(String cause) {
    return new Delivery(
        ID,
        UUID.randomUUID(),
        cause,
        "email",
        UUID.randomUUID(),
        "owner@example.com",
        3,
        1,
        0,
        "me",
        null,
        null,
        null,
        null,
        null,
        null);
  }
}
