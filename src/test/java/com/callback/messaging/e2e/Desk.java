package com.callback.messaging.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.callback.messaging.support.Service;
import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.GetByRoleOptions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.Cookie;
import java.util.ArrayList;
import java.util.List;

/** Somebody who is signed in and has the dashboard open, in a browser of their own. */
final class Desk implements AutoCloseable {

  private static final int HEIGHT = 900;

  private final Service service;
  private final Page page;

  /** What the browser found wrong: faults of scripts, refusals by the page's policy. */
  final List<String> complaints = new ArrayList<>();

  private Desk(Service service, Page page) {
    this.service = service;
    this.page = page;
    page.onPageError(complaints::add);
    page.onConsoleMessage(
        message -> {
          // A request that is refused is a finding of the test that caused it.
          if (message.type().equals("error")
              && !message.text().startsWith("Failed to load resource")) {
            complaints.add(message.text());
          }
        });
  }

  static Desk open(
      Chromium chromium, Service service, String session, int width, NewContextOptions visitor) {
    var page =
        chromium.page(
            visitor
                .setViewportSize(width, HEIGHT)
                .setLocale("en-AU")
                .setReducedMotion(com.microsoft.playwright.options.ReducedMotion.REDUCE));
    page.context()
        .addCookies(
            List.of(new Cookie("callback_session", session).setUrl(service.at("/").toString())));
    return new Desk(service, page);
  }

  static Desk open(Chromium chromium, Service service, String session, int width) {
    return open(chromium, service, session, width, new NewContextOptions());
  }

  Page page() {
    return page;
  }

  Desk at(String path) {
    page.navigate(service.at(path).toString());
    return this;
  }

  /** The list's link to a lead. */
  Locator row(String name) {
    return page.getByRole(AriaRole.LINK, new GetByRoleOptions().setName(name).setExact(false));
  }

  Locator rows() {
    return page.locator("[data-lead]");
  }

  Locator button(String name) {
    return page.getByRole(AriaRole.BUTTON, new GetByRoleOptions().setName(name).setExact(true));
  }

  Locator field(String name) {
    return page.getByRole(AriaRole.TEXTBOX, new GetByRoleOptions().setName(name).setExact(true));
  }

  Locator heading(String name) {
    return page.getByRole(AriaRole.HEADING, new GetByRoleOptions().setName(name).setExact(true));
  }

  void press(String... keys) {
    for (var key : keys) {
      page.keyboard().press(key);
    }
  }

  /** Waits until a text is anywhere on the page. */
  void says(String text) {
    assertThat(page.getByText(text).first()).isVisible();
  }

  boolean isTooWide() {
    return (Boolean)
        page.evaluate(
            "document.documentElement.scrollWidth > document.documentElement.clientWidth");
  }

  /** Whether the window itself scrolls: the parts of the page do that, below bars that stay. */
  boolean isTooLong() {
    return (Boolean)
        page.evaluate(
            "document.documentElement.scrollHeight > document.documentElement.clientHeight");
  }

  /** Whether the first such element shows less of its text than there is. */
  boolean isCut(String selector) {
    return (Boolean)
        page.locator(selector)
            .first()
            .evaluate("element => element.scrollWidth > element.clientWidth");
  }

  @Override
  public void close() {
    page.context().close();
  }
}
