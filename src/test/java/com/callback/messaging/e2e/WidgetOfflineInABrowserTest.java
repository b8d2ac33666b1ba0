package com.callback.messaging.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.callback.messaging.support.ServiceTest;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.AriaRole;
import java.io.IOException;
import java.net.ServerSocket;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** The form in pages of others keeps a lead while there is no network, and sends it once. */
@ServiceTest
class WidgetOfflineInABrowserTest extends WidgetInABrowser {

  @Test
  void what_is_sent_without_a_network_is_sent_once_when_it_is_back() {
    list(elsewhere.origin());
    try (var page = open(phone(), "/")) {
      page.context().setOffline(true);
      fillIn(page);
      send(page);
      requireKept(page);
      assertThat(service.countLeads(business)).isZero();

      page.context().setOffline(false);
      requireThanks(page);
      assertThat(stored(page)).isNull();
      page.reload();
      assertThat(field(page, "Your name")).isVisible();
      assertThat(field(page, "Your name")).hasValue("");
    }
    assertThat(service.countLeads(business)).isOne();
  }

  @Test
  void a_page_that_is_not_listed_asks_to_press_once_more_when_the_network_is_back() {
    try (var page = open(phone(), "/")) {
      page.context().setOffline(true);
      fillIn(page);
      send(page);
      requireKept(page);

      page.context().setOffline(false);
      assertThat(page.getByText("There is a connection again.")).isVisible();
      assertThat(field(page, "Your name")).hasValue(NAME);
      send(page);
      page.waitForURL(THANKS_PAGE);
    }
    assertThat(service.countLeads(business)).isOne();
  }

  @Test
  void what_was_kept_is_told_and_sent_when_the_visitor_comes_back() {
    list(elsewhere.origin());
    var isAway = new AtomicBoolean(true);
    try (var page = open(phone(), "/")) {
      cutOff(page.context(), isAway, new AtomicInteger());
      fillIn(page);
      send(page);
      requireKept(page);

      page.reload();
      assertThat(page.getByText("Your request is not sent yet.")).isVisible();
      assertThat(service.countLeads(business)).isZero();

      // While a try is under way, nobody else sends it.
      page.waitForFunction("localStorage['callback-messaging-queue'].includes('\"notBefore\":0')");
      isAway.set(false);
      page.reload();
      requireThanks(page);
      assertThat(stored(page)).isNull();
    }
    assertThat(service.countLeads(business)).isOne();
  }

  @Test
  void a_page_that_is_left_while_it_sends_thanks_when_the_visitor_comes_back() {
    list(elsewhere.origin());
    var isStored = new AtomicBoolean();
    try (var page = open(phone(), "/")) {
      page.route(
          "**/api/messages",
          route -> {
            // The service has it, and the answer to the first post never comes. The rule stays: to
            // take it away would let that post go on.
            if (isStored.get()) {
              route.resume();
            } else {
              route.fetch();
              isStored.set(true);
            }
          });
      fillIn(page);
      send(page);
      await()
          .until(
              () -> {
                page.waitForTimeout(50);
                return isStored.get();
              });

      page.reload();
      // On a busy machine the page may look before it hears that the one before gave up; then it
      // waits until that one's try is over.
      thanks(page).waitFor(new Locator.WaitForOptions().setTimeout(120_000));
      requireThanks(page);
      assertThat(stored(page)).isNull();
    }
    assertThat(service.countLeads(business)).isOne();
  }

  @Test
  void two_tabs_send_it_once() {
    list(elsewhere.origin());
    var isAway = new AtomicBoolean(true);
    var arrivals = new AtomicInteger();
    try (var first = open(phone(), "/")) {
      cutOff(first.context(), isAway, arrivals);
      fillIn(first);
      send(first);
      requireKept(first);
      var second = first.context().newPage();
      second.navigate(elsewhere.origin());
      assertThat(second.getByText("Your request is not sent yet.")).isVisible();

      isAway.set(false);
      for (var tab : List.of(first, second)) {
        tab.evaluate("() => void dispatchEvent(new Event('online'))");
      }
      await()
          .until(
              () -> {
                // Calls of both pages are let through while one of them waits.
                first.waitForTimeout(50);
                return thanks(first).count() + thanks(second).count() > 0;
              });
      assertThat(stored(first)).isNull();
      assertThat(first.getByText("kept on this device")).hasCount(0);
      assertThat(second.getByText("kept on this device")).hasCount(0);
    }
    assertThat(arrivals).hasValue(1);
    assertThat(service.countLeads(business)).isOne();
  }

  @Test
  void where_nothing_answers_the_number_to_call_is_shown_and_a_visitor_may_take_it_back()
      throws IOException {
    elsewhere.shows(
        guide("html", 1).replace("tel=", "api=\"http://127.0.0.1:" + closedPort() + "\" tel="));
    try (var page = open(phone(), "/")) {
      fillIn(page);
      send(page);
      requireKept(page);
      assertThat(page.getByRole(AriaRole.LINK, named("+61 2 5550 1234")))
          .hasAttribute("href", "tel:+61255501234");

      page.getByRole(AriaRole.BUTTON, named("Do not send it")).click();
      assertThat(field(page, "Your name")).hasValue("");
      assertThat(stored(page)).isNull();
    }
    assertThat(service.countLeads(business)).isZero();
  }

  /** Lets scripts reach the service only while it is not away, and counts what they send. */
  private void cutOff(BrowserContext visitor, AtomicBoolean isAway, AtomicInteger arrivals) {
    visitor.route(
        url -> url.startsWith(address("/")),
        call -> {
          if (!call.request().resourceType().equals("fetch")) {
            call.resume();
          } else if (isAway.get()) {
            call.abort();
          } else {
            // The form also asks whether the service is there; that is no arrival.
            if (call.request().method().equals("POST")) {
              arrivals.incrementAndGet();
            }
            call.resume();
          }
        });
  }

  private static int closedPort() throws IOException {
    try (var taken = new ServerSocket(0)) {
      return taken.getLocalPort();
    }
  }
}
