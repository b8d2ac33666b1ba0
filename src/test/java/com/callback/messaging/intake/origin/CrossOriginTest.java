package com.callback.messaging.intake.origin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.callback.messaging.support.MultipartBody;
import com.callback.messaging.support.RawHttp;
import com.callback.messaging.support.RawHttp.Answer;
import com.callback.messaging.support.Service;
import com.callback.messaging.support.Service.Business;
import com.callback.messaging.support.ServiceTest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;

/** What browsers are told about pages of other origins. */
@ServiceTest
class CrossOriginTest {

  @Autowired Service service;

  Business business;
  RawHttp http;
  String listed;

  @BeforeEach
  void a_funnel_with_an_origin() {
    business = service.businessWithoutChannels();
    http = new RawHttp(service);
    listed = "https://o-" + business.id() + ".example";
    service
        .database()
        .sql("insert into messaging.funnel_origins (funnel_id, origin) values (?, ?)")
        .params(business.funnel(), listed)
        .update();
  }

  @Test
  void a_page_that_a_funnel_lists_may_post() {
    var answer = preflight(listed, "/api/messages", "POST");

    assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
    assertThat(answer.headers())
        .containsEntry("access-control-allow-origin", listed)
        .containsEntry("access-control-allow-methods", "POST")
        .containsEntry("access-control-max-age", "7200")
        .doesNotContainKey("access-control-allow-credentials");
    assertThat(answer.headers().get("access-control-allow-headers"))
        .isEqualToIgnoringCase("content-type, idempotency-key");
  }

  @Test
  void a_page_with_tracing_may_post_and_look_whether_the_service_is_there() {
    var asked =
        "Origin: "
            + listed
            + "\r\nAccess-Control-Request-Method: %s\r\nAccess-Control-Request-Headers: baggage,content-type,sentry-trace,traceparent,x-requested-with\r\n";
    for (var target : List.of("POST /api/messages", "GET /widget.js")) {
      var answer =
          http.send(
              "OPTIONS", target.split(" ")[1], asked.formatted(target.split(" ")[0]), new byte[0]);
      assertThat(answer.status()).as(answer.toString()).isIn(200, 204);
      assertThat(answer.headers().get("access-control-allow-headers").toLowerCase(Locale.ROOT))
          .contains("baggage", "sentry-trace", "traceparent", "x-requested-with");
      assertThat(answer.headers().get("access-control-allow-origin")).isIn(listed, "*");
    }
  }

  @Test
  void a_script_that_sends_a_form_may_read_the_thanks_it_is_sent_on_to() {
    var sent =
        http.send(
            "POST",
            "/api/messages",
            "Content-Type: application/x-www-form-urlencoded\r\nAccept: */*\r\nOrigin: "
                + listed
                + "\r\n",
            ("funnelId=" + business.funnel() + "&contactName=Ada&contactPhone=0412345678")
                .getBytes(java.nio.charset.StandardCharsets.UTF_8));
    assertThat(sent.status()).isEqualTo(303);
    assertThat(sent.headers()).containsEntry("access-control-allow-origin", listed);
    var thanks =
        http.send("GET", sent.headers().get("location"), "Origin: " + listed + "\r\n", new byte[0]);
    assertThat(thanks.status()).isEqualTo(200);
    assertThat(thanks.headers()).containsEntry("access-control-allow-origin", listed);
    assertThat(
            http.send(
                    "GET",
                    sent.headers().get("location"),
                    "Origin: https://unlisted.example\r\n",
                    new byte[0])
                .headers())
        .doesNotContainKey("access-control-allow-origin");
  }

  @Test
  void a_script_that_sends_form_data_may_read_the_answer() {
    var form =
        MultipartBody.of(
            List.of(
                Map.entry("funnelId", business.funnel().toString()),
                Map.entry("contactName", "Ada"),
                Map.entry("contactPhone", "0412345678")));
    var sent =
        http.send(
            "POST",
            "/api/messages",
            "Content-Type: multipart/form-data; boundary=b\r\nAccept: */*\r\nOrigin: "
                + listed
                + "\r\n",
            form.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    assertThat(sent.status()).isEqualTo(303);
    assertThat(sent.headers()).containsEntry("access-control-allow-origin", listed);
  }

  @Test
  void caches_are_told_that_the_answer_depends_on_the_origin() {
    for (var origin : List.of(listed, "https://unlisted.example")) {
      var answer =
          service.send(
              service
                  .request("/api/messages", "application/json")
                  .header("Origin", origin)
                  .POST(BodyPublishers.ofString(lead())));
      assertThat(answer.headers().allValues("Vary")).contains("Origin");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "null, /api/messages, POST",
    "https://unlisted.example, /api/messages, POST",
    "LISTED, /api/messages, DELETE",
    "LISTED, /api/messages, GET",
    "LISTED, /api/deliveries, GET",
    "LISTED, /api/messages/, POST",
    "LISTED/, /api/messages, POST",
    "https://unlisted.example, /api/audit, GET"
  })
  void no_other_page_is_told_that_it_may(String origin, String path, String method) {
    var answer = preflight(origin.replace("LISTED", listed), path, method);
    assertThat(answer.status()).isEqualTo(403);
    assertThat(answer.headers()).doesNotContainKey("access-control-allow-origin");
  }

  @ParameterizedTest
  @CsvSource({"/sandbox/messages", "/f/demo", "/actuator/health"})
  void nothing_but_the_api_says_anything_about_other_pages(String path) {
    var answer = http.send("GET", path, "Origin: " + listed + "\r\n", new byte[0]);
    assertThat(answer.headers()).doesNotContainKey("access-control-allow-origin");
  }

  @Test
  void a_page_may_read_the_answer_to_what_it_sent_and_why_it_was_refused() {
    var stored = post(listed, lead());
    assertThat(stored.status()).as(stored.body()).isEqualTo(202);
    assertThat(stored.headers()).containsEntry("access-control-allow-origin", listed);
    assertThat(stored.headers().get("access-control-expose-headers"))
        .contains(
            "Location", "Retry-After", "RateLimit", "RateLimit-Policy", "Idempotency-Replayed");

    var refused = post(listed, "{}");
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.headers()).containsEntry("access-control-allow-origin", listed);
  }

  @Test
  void a_page_that_the_funnel_does_not_list_is_refused_and_nothing_is_stored() {
    var answer = post("https://unlisted.example", lead());
    assertThat(answer.status()).isEqualTo(403);
    assertThat(answer.headers()).doesNotContainKey("access-control-allow-origin");
    assertThat(answer.body()).contains("Origin", "allowed origins");
    assertThat(service.countLeads(business)).isZero();
  }

  @Test
  void a_page_that_another_funnel_lists_is_told_no_by_this_one() {
    var other = service.businessWithoutChannels();
    service
        .database()
        .sql("insert into messaging.funnel_origins (funnel_id, origin) values (?, ?)")
        .params(other.funnel(), "https://o-" + other.id() + ".example")
        .update();
    var answer = post("https://o-" + other.id() + ".example", lead());
    assertThat(answer.status()).isEqualTo(403);
    assertThat(service.countLeads(business)).isZero();
  }

  @Test
  void a_page_that_is_no_longer_listed_is_soon_told_no() {
    assertThat(preflight(listed, "/api/messages", "POST").status()).isEqualTo(200);
    service
        .database()
        .sql("delete from messaging.funnel_origins where funnel_id = ?")
        .param(business.funnel())
        .update();
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> preflight(listed, "/api/messages", "POST").status() == 403);
  }

  private Answer preflight(String origin, String path, String method) {
    return http.send(
        "OPTIONS",
        path,
        "Origin: "
            + origin
            + "\r\nAccess-Control-Request-Method: "
            + method
            + "\r\nAccess-Control-Request-Headers: content-type, idempotency-key\r\n",
        new byte[0]);
  }

  private Answer post(String origin, String body) {
    return http.send(
        "POST",
        "/api/messages",
        "Content-Type: application/json\r\nOrigin: " + origin + "\r\n",
        body.getBytes(java.nio.charset.StandardCharsets.UTF_8));
  }

  private String lead() {
    return "{\"funnelId\":\"%s\",\"contactName\":\"Ada\",\"contactPhone\":\"0412 345 678\"}"
        .formatted(business.funnel());
  }
}
