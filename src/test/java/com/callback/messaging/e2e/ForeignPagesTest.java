package com.callback.messaging.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.callback.messaging.support.Service;
import com.callback.messaging.support.Service.Business;
import com.callback.messaging.support.ServiceTest;
import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.Page;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Pages of other origins that send to a funnel, in a real browser. */
@ServiceTest
class ForeignPagesTest extends InABrowser {

  @Autowired private Service service;

  private HttpServer elsewhere;
  private Business business;

  @BeforeEach
  void a_page_elsewhere() throws IOException {
    business = service.businessWithoutChannels();
    elsewhere = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    var page = form().getBytes(StandardCharsets.UTF_8);
    elsewhere.createContext(
        "/",
        call -> {
          call.getResponseHeaders().set("Content-Type", "text/html; charset=utf-8");
          call.sendResponseHeaders(200, page.length);
          call.getResponseBody().write(page);
          call.close();
        });
    elsewhere.start();
  }

  @AfterEach
  void close_it() {
    elsewhere.stop(0);
  }

  @Test
  void a_listed_page_sends_json_and_reads_the_answer() {
    list(origin());
    try (var page = open()) {
      assertThat(send(page)).isEqualTo("202 /api/messages/");
    }
    assertThat(service.countLeads(business)).isOne();
  }

  @Test
  void a_page_that_is_not_listed_sends_nothing() {
    list("https://www.example.com");
    try (var page = open()) {
      assertThat(send(page)).isEqualTo("TypeError");
    }
    assertThat(service.countLeads(business)).isZero();
  }

  @Test
  void a_plain_form_of_a_foreign_page_works_while_a_funnel_lists_none() {
    try (var page = open()) {
      page.click("button");
      page.waitForURL(Pattern.compile(".*/thanks.*"));
    }
    assertThat(service.countLeads(business)).isOne();
  }

  @Test
  void a_plain_form_of_a_listed_page_works() {
    list(origin());
    try (var page = open()) {
      page.click("button");
      page.waitForURL(Pattern.compile(".*/thanks.*"));
    }
    assertThat(service.countLeads(business)).isOne();
  }

  @Test
  void a_plain_form_of_a_page_that_is_not_listed_is_refused_and_our_own_form_offered() {
    list("https://www.example.com");
    try (var page = open()) {
      page.click("button");
      page.waitForURL(Pattern.compile(".*/api/messages"));
      assertThat(page.content())
          .contains("Press the button once more to send it from here.")
          .contains("Add the origin of the page to the allowed origins")
          .doesNotContain("Origin: ");
      assertThat(service.countLeads(business)).isZero();

      page.click("button");
      page.waitForURL(Pattern.compile(".*/thanks.*"));
    }
    assertThat(service.countLeads(business)).isOne();
  }

  @Test
  void our_own_form_works_whatever_is_listed() {
    list("https://www.example.com");
    try (var page = chromium.page(new NewContextOptions())) {
      page.navigate(service.at("/f/" + business.slug()).toString());
      page.getByLabel("Your name").fill("Ada");
      page.getByLabel("Phone", new Page.GetByLabelOptions().setExact(true)).fill("0491 570 006");
      page.click("button");
      page.waitForURL(Pattern.compile(".*/thanks.*"));
    }
    assertThat(service.countLeads(business)).isOne();
  }

  private String origin() {
    return "http://127.0.0.1:" + elsewhere.getAddress().getPort();
  }

  private void list(String origin) {
    service
        .database()
        .sql("insert into messaging.funnel_origins (funnel_id, origin) values (?, ?)")
        .params(business.funnel(), origin)
        .update();
  }

  private Page open() {
    var page = chromium.page(new NewContextOptions());
    page.navigate(origin() + "/");
    return page;
  }

  /** The status and the beginning of the new message's address; or why it was not sent. */
  private Object send(Page page) {
    return page.evaluate(
        """
        ([url, funnelId]) => fetch(url, {
          method: 'POST',
          headers: {'Content-Type': 'application/json', 'Idempotency-Key': crypto.randomUUID()},
          body: JSON.stringify({funnelId, contactName: 'Ada', contactPhone: '0491 570 006'})
        }).then(
          answer => answer.status + ' ' + answer.headers.get('Location').slice(0, 14),
          failure => failure.name)
        """,
        java.util.List.of(service.at("/api/messages").toString(), business.funnel().toString()));
  }

  private String form() {
    return """
        <!doctype html><title>Elsewhere</title>
        <form method="post" action="%s">
          <input name="funnelId" value="%s"><input name="contactName" value="Ada">
          <input name="contactPhone" value="0491 570 006"><button>Send</button>
        </form>
        """
        .formatted(service.at("/api/messages"), business.funnel());
  }
}
