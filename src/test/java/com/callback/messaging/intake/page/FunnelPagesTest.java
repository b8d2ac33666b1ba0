package com.callback.messaging.intake.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.callback.messaging.support.RawHttp;
import com.callback.messaging.support.Service;
import com.callback.messaging.support.Service.Business;
import com.callback.messaging.support.ServiceTest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Locale;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

/** The pages of a funnel, as a browser gets them. */
@ServiceTest
class FunnelPagesTest {

  private static final Pattern LINK = Pattern.compile("(?:href|src)=\"(/[^\"]*)\"");

  @Autowired Service service;
  Business business;
  RawHttp http;

  @BeforeEach
  void set_up() {
    business = service.businessWithoutChannels();
    http = new RawHttp(service);
  }

  @Test
  void the_form_is_found_by_its_slug_and_by_the_funnels_id() {
    for (var name :
        new String[] {
          business.slug(),
          business.funnel().toString(),
          business.funnel().toString().toUpperCase(Locale.ROOT)
        }) {
      var page = http.send("GET", "/f/" + name);
      assertThat(page.status()).isEqualTo(200);
      assertThat(page.headers()).containsEntry("content-type", "text/html;charset=UTF-8");
      assertThat(page.body())
          .contains("Test form", "Test business", "value=\"" + business.funnel() + "\"")
          .contains("method=\"post\" action=\"/f/" + business.slug() + "\"")
          .doesNotContain("aria-invalid", "role=\"alert\"");
    }
  }

  @Test
  void a_funnel_without_a_slug_is_found_by_its_id() {
    service
        .database()
        .sql("delete from messaging.funnel_settings where funnel_id = ?")
        .param(business.funnel())
        .update();
    assertThat(http.send("GET", "/f/" + business.funnel()).body()).contains("Test funnel");
    assertThat(http.send("GET", "/f/" + business.slug()).status()).isEqualTo(404);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "nobody",
        "'%20or%201=1",
        "$%7Bbody%7D",
        "%7B%7Bpage%7D%7D",
        "%E2%98%83",
        ":%23funnel",
        "%2e%2e",
        "null"
      })
  void a_form_that_is_not_there_is_a_page_too(String name) {
    for (var path : new String[] {"/f/" + name, "/f/" + name + "/thanks?ref=7F3K-9Q2M"}) {
      if (name.equals("%2e%2e") && path.contains("thanks")) {
        continue;
      }
      var page = http.send("GET", path);
      assertThat(page.status()).as(path).isEqualTo(404);
      assertThat(page.body()).contains("This form is not here").doesNotContain("7F3K-9Q2M");
    }
  }

  @Test
  void what_led_to_a_form_is_sent_along_with_it() {
    var page =
        http.send(
            "GET",
            "/f/"
                + business.slug()
                + "?utm_source=flyer&utm_campaign=s%26p&gclid=x&contactName=Eve&_token=y&funnelId=z");
    assertThat(page.body())
        .contains(
            "type=\"hidden\" name=\"utm_source\" value=\"flyer\"",
            "type=\"hidden\" name=\"utm_campaign\" value=\"s&amp;p\"",
            "type=\"hidden\" name=\"gclid\" value=\"x\"")
        .doesNotContain("Eve", "value=\"y\"", "value=\"z\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/nothing", "/f/a/b/c"})
  void an_address_that_is_none_is_a_page_for_a_person(String path) {
    var page = http.send("GET", path, "Accept: text/html\r\n", new byte[0]);
    assertThat(page.status()).isEqualTo(404);
    assertThat(page.headers()).containsEntry("content-type", "text/html;charset=UTF-8");
  }

  @Test
  void an_unknown_address_of_the_api_is_a_page_for_a_person_and_json_for_a_program() {
    var opened =
        http.send(
            "GET",
            "/api/nothing",
            "Accept: text/html\r\nSec-Fetch-Dest: document\r\n",
            new byte[0]);
    assertThat(opened.status()).isEqualTo(404);
    assertThat(opened.headers()).containsEntry("content-type", "text/html;charset=UTF-8");
    var fetched = http.send("GET", "/api/nothing", "Accept: text/html, */*\r\n", new byte[0]);
    assertThat(fetched.status()).isEqualTo(404);
    assertThat(fetched.headers().get("content-type")).startsWith("application/problem+json");
  }

  @ParameterizedTest
  @ValueSource(strings = {"text/plain", "application/xml"})
  void a_form_of_another_type_is_refused_on_a_page(String type) {
    var page =
        http.send(
            "POST",
            "/api/messages",
            "Accept: text/html\r\nContent-Type: " + type + "\r\n",
            new byte[0]);
    assertThat(page.status()).isEqualTo(415);
    assertThat(page.headers()).containsEntry("content-type", "text/html;charset=UTF-8");
  }

  @Test
  void a_form_of_a_browser_that_is_signed_in_is_stored() {
    for (var path : new String[] {"/f/" + business.slug(), "/api/messages"}) {
      for (var cookie : new String[] {service.session(business, "owner"), "over"}) {
        var answer =
            service.send(
                service
                    .request(path, "application/x-www-form-urlencoded")
                    .header("Accept", "text/html")
                    .header("Cookie", "callback_session=" + cookie)
                    .POST(
                        BodyPublishers.ofString(
                            "funnelId=%s&contactName=Ada&contactPhone=0491570006"
                                .formatted(business.funnel()))));
        assertThat(answer.statusCode()).as(path + answer.body()).isEqualTo(303);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"callback_session=over", "callback_session=x; XSRF-TOKEN=y"})
  void a_request_of_a_browser_that_was_signed_in_is_stored(String cookie) {
    for (var type : new String[] {"application/x-www-form-urlencoded", "application/json"}) {
      var body =
          type.endsWith("json")
              ? "{\"funnelId\":\"%s\",\"contactName\":\"Ada\",\"contactPhone\":\"0491570006\"}"
              : "funnelId=%s&contactName=Ada&contactPhone=0491570006";
      var answer =
          service.send(
              service
                  .request("/api/messages", type)
                  .header("Accept", "text/html")
                  .header("Cookie", cookie)
                  .POST(BodyPublishers.ofString(body.formatted(business.funnel()))));
      assertThat(answer.statusCode()).as(answer.body()).isIn(202, 303);
    }
  }

  @Test
  void a_closed_form_says_whose_it_is_and_that_it_takes_no_requests_now() {
    close();
    for (var name : new Object[] {business.slug(), business.funnel()}) {
      for (var path : new String[] {"/f/" + name, "/f/" + name + "/thanks?ref=7F3K-9Q2M"}) {
        var closed = http.send("GET", path);
        assertThat(closed.status()).as(path).isEqualTo(404);
        assertThat(closed.body())
            .contains("<bdi>Test business</bdi> is not taking requests here right now")
            .doesNotContain("<form", "7F3K-9Q2M");
      }
    }
  }

  @Test
  void a_form_that_is_sent_after_it_was_closed_says_so() {
    close();
    var answer =
        service.send(
            service
                .request("/api/messages", "application/x-www-form-urlencoded")
                .header("Accept", "text/html")
                .POST(
                    BodyPublishers.ofString(
                        "funnelId=%s&contactName=Ada&contactPhone=0491570006"
                            .formatted(business.funnel()))));
    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(answer.body()).contains("is not taking requests here right now");
  }

  @Test
  void neither_a_parameter_nor_a_header_leads_to_another_form() {
    assertThat(http.send("GET", "/f/nobody?funnel=" + business.slug()).status()).isEqualTo(404);
    assertThat(
            http.send("GET", "/f/nobody", "funnel: " + business.slug() + "\r\n", new byte[0])
                .status())
        .isEqualTo(404);
    assertThat(http.send("GET", "/f/" + business.slug() + "?funnel=nobody").body())
        .contains("Test form");
  }

  @Test
  void the_thanks_show_a_reference_number_and_nothing_else_that_an_address_holds() {
    var thanks = "/f/" + business.slug() + "/thanks";
    assertThat(http.send("GET", thanks + "?ref=7F3K-9Q2M").body())
        .contains("7F3K-9Q2M", "Test business", "/f/" + business.slug());
    for (var bogus :
        new String[] {
          "",
          "?ref=",
          "?ref=7f3k-9q2m",
          "?ref=7F3K9Q2M",
          "?ref=IIII-LLLL",
          "?ref=7F3K-9Q2M%0A",
          "?ref=%3Cscript%3E",
          "?ref=Call-0900",
          "?ref=7F3K-9Q2M&ref=7F3K-9Q2N",
          "?ref=%zz",
          "?ref=$%7Bbody%7D"
        }) {
      var page = http.send("GET", thanks + bogus);
      assertThat(page.status()).as(bogus).isEqualTo(200);
      assertThat(page.body()).as(bogus).contains("Thank you").doesNotContain("reference", "script");
    }
  }

  @Test
  void what_a_business_calls_itself_is_text_and_never_markup() {
    var name = "<script>alert('x')</script> & \"Söhne\" {{title}} ${body}";
    var escaped =
        "&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt; &amp; &quot;Söhne&quot; {{title}} ${body}";
    service
        .database()
        .sql("update messaging.funnel_settings set title = ?, intro = ? where funnel_id = ?")
        .params("T" + name, "I" + name, business.funnel())
        .update();
    service
        .database()
        .sql("insert into messaging.business_settings (business_id, name) values (?, ?)")
        .params(business.id(), "B" + name)
        .update();
    var form = http.send("GET", "/f/" + business.slug()).body();
    assertThat(form)
        .contains("T" + escaped, "I" + escaped, "B" + escaped)
        .doesNotContain("<script");
    assertThat(http.send("GET", "/f/" + business.slug() + "/thanks").body())
        .contains("B" + escaped)
        .doesNotContain("<script");
  }

  @Test
  void every_page_keeps_to_itself() {
    for (var path :
        new String[] {
          "/f/" + business.slug(), "/f/" + business.slug() + "/thanks", "/f/nobody", "/sandbox"
        }) {
      var page = http.send("GET", path);
      assertThat(page.headers())
          .as(path)
          .containsEntry("x-content-type-options", "nosniff")
          .containsEntry("referrer-policy", "same-origin")
          .doesNotContainKeys("server", "x-powered-by", "set-cookie");
      assertThat(page.headers().get("content-security-policy"))
          .contains("default-src 'none'", "form-action 'self'", "base-uri 'none'")
          .doesNotContain("unsafe-inline", "unsafe-eval", "*", "http:");
    }
    assertThat(http.send("GET", "/f/" + business.slug()).headers())
        .containsEntry("cache-control", "no-store");
  }

  @ParameterizedTest
  @ValueSource(strings = {"form", "thanks", "gone", "closed", "sandbox"})
  void nothing_on_a_page_needs_what_its_policy_forbids(String which) {
    if (which.equals("closed")) {
      close();
    }
    var page =
        http.send(
            "GET",
            switch (which) {
              case "form", "closed" -> "/f/" + business.slug();
              case "thanks" -> "/f/" + business.slug() + "/thanks?ref=7F3K-9Q2M";
              case "gone" -> "/f/nobody";
              default -> "/sandbox";
            });
    assertThat(page.body())
        .doesNotContainPattern("(?i)<style|\\sstyle=|\\son[a-z]+=|javascript:|<base|<object")
        .doesNotContainPattern("(?i)<script(?![^>]*\\ssrc=\"/)")
        .doesNotContainPattern("(?i)(?:src|action)=\"(?:https?:)?//");
    var links = LINK.matcher(page.body());
    while (links.find()) {
      assertThat(http.send("GET", links.group(1)).status()).as(links.group(1)).isEqualTo(200);
    }
  }

  private void close() {
    service
        .database()
        .sql("update messaging.funnel_settings set is_active = false where funnel_id = ?")
        .param(business.funnel())
        .update();
  }
}
