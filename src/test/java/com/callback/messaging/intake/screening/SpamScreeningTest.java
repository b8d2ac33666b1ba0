package com.callback.messaging.intake.screening;

import static org.assertj.core.api.Assertions.assertThat;

import com.callback.messaging.support.MovableClock;
import com.callback.messaging.support.Service;
import com.callback.messaging.support.Service.Business;
import com.callback.messaging.support.ServiceTest;
import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** What looks like a program is answered like anybody, stored, and held. */
@ServiceTest
class SpamScreeningTest {

  @Autowired Service service;
  @Autowired MovableClock clock;
  @Autowired Floods floods;
  @Autowired FormTokens tokens;

  private Business business;

  @BeforeEach
  void aBusiness() {
    business = service.business();
  }

  @Test
  void who_fills_in_what_nobody_sees_is_held() {
    isHeldAndAnsweredAlike(
        "honeypot", () -> form(Map.of("company_website", "https://spam.example")));
    isHeldAndAnsweredAlike(
        "honeypot",
        () -> hosted(Map.of("further_topic", "x", "_token", seasoned(Duration.ofMinutes(1)))));
    isHeldAndAnsweredAlike(
        "honeypot",
        () ->
            browsers(
                Map.of(
                    "further_topic",
                    "x",
                    "message",
                    "see https://spam.example " + UUID.randomUUID(),
                    "_token",
                    seasoned(Duration.ofMinutes(1)))));
    isHeldAndAnsweredAlike(
        "honeypot",
        () ->
            browsers(
                Map.of(
                    "further_topic", "x", "_token", tokens.fresh(business.funnel().toString()))));
  }

  @Test
  void a_person_whose_browser_fills_in_what_nobody_sees_is_not_held() {
    for (var field : List.of("company_website", "further_topic")) {
      var filled = Map.of(field, "Acme", "_token", seasoned(Duration.ofMinutes(1)));
      assertThat(reason(browsers(filled))).as(field).isNull();
    }
  }

  @Test
  void the_field_that_nobody_sees_is_none_that_a_browser_fills_in() {
    var field =
        Jsoup.parse(service.get("/f/" + business.slug()).body())
            .selectFirst("[name=further_topic]");
    assertThat(field.attr("autocomplete")).isEqualTo("off");
    assertThat(field.attr("data-lpignore")).isEqualTo("true");
    assertThat(field.hasAttr("data-1p-ignore")).isTrue();
    assertThat(field.attr("tabindex")).isEqualTo("-1");
    assertThat(field.parent().attr("aria-hidden")).isEqualTo("true");
  }

  @Test
  void of_a_held_lead_with_no_way_to_its_business_nobody_is_told() {
    business = service.businessWithoutChannels();
    form(Map.of("company_website", "https://spam.example"));
    assertThat(
            service
                .database()
                .sql("select distinct type from messaging.message_events where business_id = ?")
                .param(business.id())
                .query(String.class)
                .list())
        .containsExactly("message.created");
  }

  @Test
  void who_is_faster_than_a_person_is_held() {
    isHeldAndAnsweredAlike(
        "too fast", () -> hosted(Map.of("_token", tokens.fresh(business.funnel().toString()))));
  }

  @Test
  void a_form_of_yesterday_is_held_and_so_is_one_that_we_never_showed() {
    isHeldAndAnsweredAlike(
        "stale form", () -> hosted(Map.of("_token", seasoned(Duration.ofHours(25)))));
    isHeldAndAnsweredAlike("stale form", () -> hosted(Map.of()));
    isHeldAndAnsweredAlike("stale form", () -> hosted(Map.of("_token", "made.up")));
    isHeldAndAnsweredAlike("stale form", () -> hosted(Map.of("_token", "x".repeat(5_000))));
    var ofAnother = tokens.again(UUID.randomUUID().toString());
    isHeldAndAnsweredAlike("stale form", () -> hosted(Map.of("_token", ofAnother)));
    var signature = seasoned(Duration.ofMinutes(1)).split("\\.")[1];
    isHeldAndAnsweredAlike(
        "stale form",
        () ->
            hosted(
                Map.of(
                    "_token", seasoned(Duration.ofMinutes(1)).split("\\.")[0] + "." + signature)));
  }

  @Test
  void people_are_not_held() {
    for (var age : new Duration[] {Duration.ofSeconds(3), Duration.ofHours(23)}) {
      assertThat(reason(hosted(Map.of("_token", seasoned(age))))).isNull();
    }
    assertThat(reason(form(Map.of()))).as("a form of their own").isNull();
    var token = seasoned(Duration.ofMinutes(1));
    assertThat(reason(hosted(Map.of("_token", token)))).isNull();
    assertThat(reason(hosted(Map.of("_token", token)))).as("back, and once more").isNull();
  }

  @Test
  void a_form_that_is_shown_again_may_come_back_at_once() {
    var shown = Jsoup.parse(service.get("/f/" + business.slug()).body());
    clock.advance(Duration.ofSeconds(10));
    var refused =
        hosted(
            Map.of(
                "_token", shown.selectFirst("[name=_token]").val(), "contactEmail", "no address"));
    assertThat(refused.statusCode()).isEqualTo(400);
    var again = Jsoup.parse(refused.body()).selectFirst("[name=_token]").val();
    assertThat(reason(hosted(Map.of("_token", again)))).isNull();
  }

  @Test
  void more_than_people_send_is_held_wherever_it_comes_from() {
    isHeldAndAnsweredAlike(
        "too many requests", () -> floods.during("held address 127.0.0.1", () -> form(Map.of())));
    isHeldAndAnsweredAlike(
        "too many requests",
        () -> floods.during("held funnel " + business.funnel(), () -> form(Map.of())));
  }

  @Test
  void what_is_held_because_a_proxy_is_not_named_says_so() {
    for (int i = 1; i <= 3; i++) {
      forwarded("203.0.113." + i);
    }
    assertThat(reason(floods.during("held address 127.0.0.1", () -> forwarded("203.0.113.9"))))
        .isEqualTo("too many requests through an unnamed proxy");
    var health = service.get("/actuator/health/proxies");
    assertThat(health.statusCode()).isEqualTo(200);
    assertThat(health.body()).contains("127.0.0.1", "MESSAGING_HTTP_TRUSTED_PROXIES");
    assertThat(service.get("/actuator/prometheus").body())
        .containsPattern("messaging_http_unnamed_proxies [1-9]");
  }

  private HttpResponse<String> forwarded(String visitor) {
    return service.send(
        service
            .request("/api/messages", "application/json")
            .header("X-Forwarded-For", visitor)
            .POST(BodyPublishers.ofString(json())));
  }

  @Test
  void a_flood_from_one_place_does_not_use_up_what_others_may_send() {
    floods.during("held address 127.0.0.1", () -> form(Map.of()));
    form(Map.of("company_website", "x"));
    assertThat(floods.isTaken("held funnel " + business.funnel())).isFalse();
  }

  @Test
  void a_forwarded_address_of_a_stranger_opens_no_new_bucket() {
    var answer =
        floods.during(
            "refused address 127.0.0.1",
            () ->
                service.send(
                    service
                        .request("/api/messages", "application/json")
                        .header("X-Forwarded-For", "203.0.113.77")
                        .header("Forwarded", "for=203.0.113.77")
                        .POST(BodyPublishers.ofString(json()))));
    assertThat(answer.statusCode()).isEqualTo(429);
    assertThat(floods.isTaken("refused address 203.0.113.77")).isFalse();
  }

  @Test
  void far_too_much_is_refused_with_when_to_come_again() {
    var answer = floods.during(business.funnel(), () -> service.post(json()));
    assertThat(answer.statusCode()).isEqualTo(429);
    assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
    assertThat(answer.headers().firstValue("Retry-After")).contains("7");
    assertThat(answer.headers().firstValue("RateLimit")).contains("\"funnel\";r=0;t=7");
    assertThat(answer.headers().firstValue("RateLimit-Policy")).contains("\"funnel\";q=12000;w=60");
    assertThat(service.countLeads(business)).isZero();
  }

  @Test
  void a_person_who_is_refused_gets_the_form_back_with_what_was_typed() {
    var answer = floods.during(business.funnel(), () -> hosted(Map.of()));
    assertThat(answer.statusCode()).isEqualTo(429);
    assertThat(answer.headers().firstValue("Retry-After")).contains("7");
    var page = Jsoup.parse(answer.body());
    assertThat(page.selectFirst("#contactName").val()).isEqualTo("Ada");
    assertThat(page.selectFirst(".summary").text()).contains("Nothing was stored");
  }

  @Test
  void a_server_of_the_business_is_believed() {
    var key = service.key(business, "messages:write");
    var answer =
        floods.during(
            "held address 127.0.0.1", () -> service.call("POST", "/api/messages", key, json()));
    assertThat(answer.statusCode()).isEqualTo(202);
    assertThat(reason(answer)).isNull();
    assertThat(floods.isTaken("refused address business " + business.id())).isTrue();

    service
        .database()
        .sql("insert into messaging.funnel_origins values (?, 'https://shop.example')")
        .param(business.funnel())
        .update();
    isHeldAndAnsweredAlike("no origin", () -> service.post(json()));
    assertThat(reason(service.call("POST", "/api/messages", key, json()))).isNull();
  }

  @Test
  void a_key_that_is_not_for_it_opens_nothing() {
    var unknown = "cbk_" + "0".repeat(64);
    assertThat(service.call("POST", "/api/messages", unknown, json()).statusCode()).isEqualTo(401);
    assertThat(service.call("POST", "/api/messages", "cbk_x", json()).statusCode()).isEqualTo(401);
    var reader = service.key(business, "messages:read");
    assertThat(service.call("POST", "/api/messages", reader, json()).statusCode()).isEqualTo(403);
    var strangers = service.key(service.businessWithoutChannels(), "messages:write");
    assertThat(service.call("POST", "/api/messages", strangers, json()).statusCode())
        .isEqualTo(404);
    assertThat(service.countLeads(business)).isZero();
    assertThat(service.call("POST", "/api/messages", "of-something-else", json()).statusCode())
        .as("what else a page sends in that header")
        .isEqualTo(202);
  }

  /** A lead that is held is answered as one that is not, in all but its id and time. */
  private void isHeldAndAnsweredAlike(String reason, Supplier<HttpResponse<String>> suspicious) {
    var good = suspicious.get().statusCode() == 303 ? form(Map.of()) : trusted();
    var held = suspicious.get();

    assertThat(held.statusCode()).isEqualTo(good.statusCode());
    assertThat(headers(held)).isEqualTo(headers(good));
    assertThat(shape(held)).isEqualTo(shape(good));
    assertThat(reason(held)).isEqualTo(reason);
    assertThat(
            service
                .database()
                .sql(
                    "select distinct state || ' ' || held_reason from messaging.deliveries d join public.messages m on m.id = d.message_id where m.quarantine_reason = ? and m.business_id = ?")
                .params(reason, business.id())
                .query(String.class)
                .list())
        .containsExactly("held quarantine");
  }

  private HttpResponse<String> trusted() {
    return service.call("POST", "/api/messages", service.key(business, "messages:write"), json());
  }

  /** The server ends a connection that has served many. */
  private static TreeSet<String> headers(HttpResponse<String> answer) {
    var names = new TreeSet<>(answer.headers().map().keySet());
    names.remove("connection");
    return names;
  }

  private static String shape(HttpResponse<String> answer) {
    return (answer.headers().firstValue("Location").orElse("") + answer.body())
        .replaceAll("[0-9a-f-]{36}|[0-9A-Z]{4}-[0-9A-Z]{4}|\\d{4}-\\d\\d-\\d\\dT[0-9:.]+Z", "*");
  }

  /** Why the newest lead is held; null where it is not. */
  private String reason(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).as(answer.body()).isIn(202, 303);
    var newest =
        service
            .database()
            .sql(
                "select quarantined_at is not null as held, quarantine_reason from public.messages where business_id = ? order by id desc limit 1")
            .param(business.id())
            .query()
            .singleRow();
    assertThat(newest.get("held")).isEqualTo(newest.get("quarantine_reason") != null);
    return (String) newest.get("quarantine_reason");
  }

  private String seasoned(Duration age) {
    var token = tokens.fresh(business.funnel().toString());
    clock.advance(age);
    return token;
  }

  private String json() {
    return "{\"funnelId\":\"%s\",\"contactName\":\"Ada\",\"contactEmail\":\"ada@example.com\",\"message\":\"%s\"}"
        .formatted(business.funnel(), UUID.randomUUID());
  }

  /** As a form of somebody's own sends it. */
  private HttpResponse<String> form(Map<String, String> more) {
    return send(more, null);
  }

  /** As our own page sends it. */
  private HttpResponse<String> hosted(Map<String, String> more) {
    return send(more, service.at("").toString());
  }

  /** As a person's browser sends our own page. */
  private HttpResponse<String> browsers(Map<String, String> more) {
    return send(
        more, service.at("").toString(), "User-Agent", "Mozilla/5.0", "Accept-Language", "de");
  }

  private HttpResponse<String> send(Map<String, String> more, String origin, String... headers) {
    var fields = new LinkedHashMap<String, String>();
    fields.put("funnelId", business.funnel().toString());
    fields.put("contactName", "Ada");
    fields.put("contactEmail", "ada@example.com");
    fields.put("message", UUID.randomUUID().toString());
    fields.putAll(more);
    var body =
        fields.entrySet().stream()
            .map(
                field ->
                    field.getKey()
                        + "="
                        + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
            .collect(Collectors.joining("&"));
    var request =
        service
            .request("/api/messages", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString(body));
    for (int i = 0; i < headers.length; i += 2) {
      request.header(headers[i], headers[i + 1]);
    }
    return service.send(origin == null ? request : request.header("Origin", origin));
  }
}
