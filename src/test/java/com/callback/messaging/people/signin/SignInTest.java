package com.callback.messaging.people.signin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.callback.messaging.intake.screening.Floods;
import com.callback.messaging.support.MovableClock;
import com.callback.messaging.support.PersonCaller;
import com.callback.messaging.support.Service;
import com.callback.messaging.support.ServiceTest;
import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

/** A link by e-mail signs in, once and in time, and nothing that is kept does. */
@ServiceTest
class SignInTest {

  private static final Pattern PATH = Pattern.compile("/sign-in/[0-9a-f-]{36}\\.[\\w-]{43}");

  private static final String PHONE =
      "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1";

  @Autowired Service service;
  @Autowired PersonCaller.Crowd crowd;
  @Autowired MovableClock clock;
  @Autowired Floods floods;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/%61pi/session",
        "/ap%69/session",
        "//api/session",
        "/api;x=1/session",
        "/./api/session"
      })
  void however_the_address_is_written_a_change_by_cookie_wants_its_token(String address)
      throws Exception {
    var business = service.businessWithoutChannels();
    var cookie = "callback_session=" + service.session(business, "owner");
    try (var connection = new java.net.Socket("localhost", service.at("/").getPort())) {
      var request =
          "DELETE %s HTTP/1.1\r\nHost: localhost\r\nCookie: %s\r\nConnection: close\r\n\r\n"
              .formatted(address, cookie);
      connection
          .getOutputStream()
          .write(request.getBytes(java.nio.charset.StandardCharsets.US_ASCII));
      var answer =
          new String(
              connection.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
      assertThat(answer).containsPattern("^HTTP/1.1 (400|403|404) ");
    }
    var still = service.request("/api/session", "text/plain").header("Cookie", cookie).GET();
    assertThat(service.send(still).statusCode()).isEqualTo(200);
  }

  @Test
  void the_link_of_the_mail_opens_the_inbox() {
    var business = service.businessWithoutChannels();
    var lead = service.lead(business, Map.of("contactName", "Ada", "contactPhone", "0412 345 678"));
    var person = crowd.member(business, "agent");
    ask(person.email().toUpperCase(java.util.Locale.ROOT));
    var link = link(person, 1);

    assertThat(service.get(link).body()).contains("Sign me in");
    var answer = press(link);

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(303);
    assertThat(answer.headers().firstValue("Location").orElseThrow()).endsWith("/inbox");
    var cookie = answer.headers().firstValue("Set-Cookie").orElseThrow();
    assertThat(cookie).contains("HttpOnly", "SameSite=Lax", "Path=/");
    var inbox =
        service.send(
            HttpRequest.newBuilder(service.at("/api/messages"))
                .header("Cookie", cookie.replaceAll(";.*", ""))
                .GET());
    assertThat(inbox.statusCode()).as(inbox.body()).isEqualTo(200);
    assertThat(inbox.body()).contains(lead.toString());
  }

  @Test
  void whoever_asks_for_many_links_is_told_to_wait() {
    var person = crowd.member(service.businessWithoutChannels(), "viewer");
    var answer =
        floods.during(
            "refused sign-in 127.0.0.1",
            () ->
                service.send(
                    service
                        .request("/api/sign-in", "application/json")
                        .POST(
                            BodyPublishers.ofString(
                                service.text(Map.of("email", person.email()))))));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(429);
    assertThat(answer.headers().firstValue("Retry-After")).contains("7");
    assertThat(answer.headers().firstValue("RateLimit")).isPresent();
  }

  @Test
  void a_look_changes_nothing_and_a_press_counts_once() {
    var person = crowd.member(service.businessWithoutChannels(), "viewer");
    ask(person.email());
    var link = link(person, 1);
    for (var look = 0; look < 3; look++) {
      assertThat(service.get(link).statusCode()).isEqualTo(200);
    }
    assertThat(press(link).statusCode()).isEqualTo(303);
    var again = press(link);
    assertThat(again.statusCode()).isEqualTo(404);
    assertThat(again.body()).contains("This link is over");
    assertThat(again.headers().firstValue("Set-Cookie")).isEmpty();
  }

  @Test
  void after_fifteen_minutes_it_is_over() {
    var person = crowd.member(service.businessWithoutChannels(), "viewer");
    ask(person.email());
    var link = link(person, 1);
    clock.advance(Duration.ofMinutes(15).plusSeconds(1));
    assertThat(press(link).statusCode()).isEqualTo(404);
  }

  @Test
  void a_link_that_was_not_made_here_does_nothing() {
    var person = crowd.member(service.businessWithoutChannels(), "viewer");
    ask(person.email());
    var link = link(person, 1);
    var last = link.charAt(link.length() - 2) == 'A' ? 'B' : 'A';
    var forged = link.substring(0, link.length() - 2) + last + link.substring(link.length() - 1);
    for (var path : List.of(forged, "/sign-in/x", link.replace("/sign-in/", "/invitation/"))) {
      assertThat(service.get(path).statusCode()).as(path).isEqualTo(404);
      assertThat(press(path).statusCode()).as(path).isEqualTo(404);
    }
    assertThat(press(link).statusCode()).isEqualTo(303);
  }

  @Test
  void another_site_s_form_signs_nobody_in() {
    var person = crowd.member(service.businessWithoutChannels(), "viewer");
    ask(person.email());
    var link = link(person, 1);
    var answer =
        service.send(
            HttpRequest.newBuilder(service.at(link))
                .header("Sec-Fetch-Site", "cross-site")
                .POST(BodyPublishers.noBody()));
    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(press(link).statusCode()).isEqualTo(303);
  }

  /** Over plain HTTP a browser tells only the origin. */
  @ParameterizedTest
  @CsvSource({"https://evil.example, 403", "nonsense:, 403", "null, 303", "http://127.0.0.1, 303"})
  void a_form_of_another_origin_signs_nobody_in(String origin, int status) {
    var person = crowd.member(service.businessWithoutChannels(), "viewer");
    ask(person.email());
    var answer =
        service.send(
            HttpRequest.newBuilder(service.at(link(person, 1)))
                .header("Origin", origin)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.noBody()));
    assertThat(answer.statusCode()).isEqualTo(status);
  }

  @Test
  void nobody_learns_whom_the_service_knows_and_nobody_s_mailbox_is_flooded() {
    var person = crowd.member(service.businessWithoutChannels(), "viewer");
    var known = ask(person.email());
    var unknown = ask("nobody-" + person.id() + "@example.com");
    assertThat(unknown.statusCode()).isEqualTo(202);
    assertThat(unknown.body()).isEqualTo(known.body());
    for (var time = 0; time < 6; time++) {
      assertThat(ask(person.email()).statusCode()).isEqualTo(202);
    }
    assertThat(links(person)).isEqualTo(5);
    clock.advance(Duration.ofMinutes(61));
    ask(person.email());
    assertThat(links(person)).isEqualTo(6);
  }

  @Test
  void however_often_others_ask_a_person_gets_a_link_that_is_good() {
    var person = crowd.member(service.businessWithoutChannels(), "viewer");
    for (var time = 0; time < 6; time++) {
      ask(person.email());
    }
    assertThat(links(person)).isEqualTo(5);
    await().until(() -> mails(person).size() == 5);
    var before = mails(person).stream().map(SignInTest::path).toList();
    clock.advance(Duration.ofMinutes(10).plusSeconds(1));
    ask(person.email());
    assertThat(links(person)).isEqualTo(6);
    await().until(() -> mails(person).size() == 6);
    var good = mails(person).stream().map(SignInTest::path).filter(path -> !before.contains(path));
    assertThat(press(good.findFirst().orElseThrow()).statusCode()).isEqualTo(303);
    // It is used: none lies in the mailbox any more.
    ask(person.email());
    assertThat(links(person)).isEqualTo(7);
    ask(person.email());
    assertThat(links(person)).isEqualTo(7);
  }

  @Test
  void a_second_press_of_the_same_browser_within_a_minute_signs_in_as_well() {
    var person = crowd.member(service.businessWithoutChannels(), "viewer");
    ask(person.email());
    var link = link(person, 1);
    var browser = cookie(service.get(link));
    assertThat(press(link, browser).statusCode()).isEqualTo(303);
    var second = press(link, browser);
    assertThat(second.statusCode()).as(second.body()).isEqualTo(303);
    assertThat(session(second)).isEqualTo(200);
    assertThat(press(link).statusCode()).isEqualTo(404);
    assertThat(press(link, cookie(service.get(link))).statusCode()).isEqualTo(404);
    clock.advance(Duration.ofMinutes(1).plusSeconds(1));
    assertThat(press(link, browser).statusCode()).isEqualTo(404);
  }

  @Test
  void a_mail_that_signs_in_is_no_delivery_of_a_business() {
    var business = service.businessWithoutChannels();
    var person = crowd.member(business, "viewer");
    ask(person.email());
    link(person, 1);
    var owner = crowd.ownerById(business);
    assertThat(owner.ask(200, "GET", "/api/deliveries?cause=account", null).path("items"))
        .isEmpty();
    var mail =
        service
            .database()
            .sql("select id::text from messaging.deliveries where recipient = ?")
            .param(person.email())
            .query(String.class)
            .single();
    owner.ask(404, "GET", "/api/deliveries/" + mail, null);
    owner.ask(404, "POST", "/api/deliveries/" + mail + "/retry", null);
  }

  @Test
  void signing_in_and_out_stands_in_the_trail() {
    var business = service.businessWithoutChannels();
    var person = crowd.member(business, "agent");
    ask(person.email());
    assertThat(press(link(person, 1)).statusCode()).isEqualTo(303);
    person.call("DELETE", "/api/session", null);
    assertThat(
            service
                .database()
                .sql(
                    "select action from messaging.audit_entries where business_id = ? and actor_id = ? order by id")
                .params(business.id(), person.id())
                .query(String.class)
                .list())
        .containsExactly("signIn", "endSession");
  }

  @Test
  void nothing_that_is_kept_opens_anything() {
    var person = crowd.member(service.businessWithoutChannels(), "viewer");
    ask(person.email());
    var signature = link(person, 1).replaceAll(".*\\.", "");
    for (var table : List.of("sign_in_links", "deliveries", "delivery_attempts", "sessions")) {
      assertThat(
              service
                  .database()
                  .sql("select count(*) from messaging." + table + " t where t::text like ?")
                  .param("%" + signature + "%")
                  .query(Long.class)
                  .single())
          .isZero();
    }
  }

  @Test
  void a_session_says_who_it_is_and_ends_when_asked_to() {
    var business = service.businessWithoutChannels();
    var person = crowd.member(business, "agent");
    var who = person.ask(200, "GET", "/api/session", null);
    assertThat(who.at("/person/email").asText()).isEqualTo(person.email());
    assertThat(who.at("/businesses/0/role").asText()).isEqualTo("agent");
    assertThat(who.path("businessId").asText()).isEqualTo(business.id().toString());
    assertThat(who.at("/csrf/header").asText()).isEqualTo("X-XSRF-TOKEN");

    assertThat(person.call("DELETE", "/api/session", null, "X-XSRF-TOKEN", "x").statusCode())
        .isEqualTo(403);
    var bye = person.call("DELETE", "/api/session", null);
    assertThat(bye.statusCode()).isEqualTo(204);
    assertThat(bye.headers().allValues("Set-Cookie"))
        .anyMatch(
            cookie -> cookie.startsWith("callback_session=;") && cookie.contains("Max-Age=0"));
    person.ask(401, "GET", "/api/session", null);
  }

  @Test
  void signing_out_everywhere_else_ends_the_other_sessions_and_stands_in_the_trail() {
    var business = service.businessWithoutChannels();
    var person = crowd.member(business, "agent");
    var colleague = crowd.member(business, "agent");
    ask(person.email());
    var elsewhere = press(link(person, 1));
    assertThat(session(elsewhere)).isEqualTo(200);

    var ended = person.ask(200, "DELETE", "/api/session/others", null);

    assertThat(ended.path("ended").asInt()).isEqualTo(1);
    assertThat(session(elsewhere)).isEqualTo(401);
    person.ask(200, "GET", "/api/session", null);
    colleague.ask(200, "GET", "/api/session", null);
    assertThat(person.ask(200, "DELETE", "/api/session/others", null).path("ended").asInt())
        .isZero();
    assertThat(
            service
                .database()
                .sql(
                    "select action || coalesce(' ' || (details ->> 'ended'), '') from messaging.audit_entries where business_id = ? order by id")
                .param(business.id())
                .query(String.class)
                .list())
        .containsExactly("signIn", "endOtherSessions 1");
  }

  @Test
  void sessions_name_their_device_and_one_of_them_ends() {
    var business = service.businessWithoutChannels();
    var person = crowd.member(business, "viewer");
    ask(person.email());
    var phone = press(link(person, 1), "press=1", PHONE);

    var sessions = person.ask(200, "GET", "/api/sessions", null).path("items");

    assertThat(sessions.findValuesAsText("device")).containsExactly("null", "Safari on iPhone");
    assertThat(sessions.findValuesAsText("isCurrent")).containsExactly("true", "false");
    var path = "/api/sessions/" + sessions.at("/1/id").asText();
    for (int i = 0; i < 2; i++) {
      person.ask(204, "DELETE", path, null);
    }
    assertThat(session(phone)).isEqualTo(401);
    assertThat(person.ask(200, "GET", "/api/sessions", null).path("items")).hasSize(1);
    assertThat(
            service
                .database()
                .sql(
                    "select action || ' ' || (details ->> 'device') from messaging.audit_entries where business_id = ? order by id")
                .param(business.id())
                .query(String.class)
                .list())
        .containsExactly("signIn Safari on iPhone", "endOneSession Safari on iPhone");
  }

  @Test
  void the_session_of_another_person_is_not_found() {
    var business = service.businessWithoutChannels();
    var person = crowd.member(business, "owner");
    var colleague = crowd.member(business, "agent");
    var theirs = colleague.ask(200, "GET", "/api/sessions", null).at("/items/0/id").asText();

    assertThat(person.ask(404, "DELETE", "/api/sessions/" + theirs, null).path("type").asText())
        .endsWith("not-found");
    assertThat(person.ask(400, "DELETE", "/api/sessions/mine", null).at("/errors/0/field").asText())
        .isEqualTo("id");
    colleague.ask(200, "GET", "/api/session", null);
  }

  private HttpResponse<String> ask(String email) {
    return service.send(
        service
            .request("/api/sign-in", "application/json")
            .POST(BodyPublishers.ofString(service.text(Map.of("email", email)))));
  }

  private static String cookie(HttpResponse<String> page) {
    return page.headers().firstValue("Set-Cookie").orElseThrow().replaceAll(";.*", "");
  }

  private int session(HttpResponse<String> signedIn) {
    return service
        .send(
            HttpRequest.newBuilder(service.at("/api/session"))
                .header("Cookie", cookie(signedIn))
                .GET())
        .statusCode();
  }

  private HttpResponse<String> press(String link, String cookie) {
    return press(link, cookie, "curl/8.5.0");
  }

  private HttpResponse<String> press(String link, String cookie, String userAgent) {
    return service.send(
        HttpRequest.newBuilder(service.at(link))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .header("User-Agent", userAgent)
            .header("Cookie", cookie)
            .POST(BodyPublishers.noBody()));
  }

  private HttpResponse<String> press(String link) {
    return service.send(
        HttpRequest.newBuilder(service.at(link))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.noBody()));
  }

  private long links(PersonCaller person) {
    return service
        .database()
        .sql("select count(*) from messaging.sign_in_links where person_id = ?")
        .param(person.id())
        .query(Long.class)
        .single();
  }

  /** The path of the link in the newest mail of a person, once they have so many. */
  private String link(PersonCaller person, int mails) {
    await().until(() -> mails(person).size() >= mails);
    return path(mails(person).get(0));
  }

  private static String path(JsonNode mail) {
    var path = PATH.matcher(mail.path("body").asText());
    assertThat(path.find()).as(mail.toString()).isTrue();
    return path.group();
  }

  private List<JsonNode> mails(PersonCaller person) {
    return service.caught(person.email());
  }
}
