package com.callback.messaging.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.callback.messaging.support.Service;
import com.callback.messaging.support.ServiceTest;
import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.Locator.FilterOptions;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.beans.factory.annotation.Autowired;

/** What a developer reads who wants to call the API, in a real browser. */
@ServiceTest
class DocsInABrowserTest extends InABrowser {

  private static final int PHONE = 390;
  private static final int WIDE = 1440;
  private static final int HEIGHT = 900;

  @Autowired private Service service;

  private final List<String> complaints = new ArrayList<>();
  private final List<String> requests = new ArrayList<>();

  @ParameterizedTest
  @EnumSource(names = {"LIGHT", "DARK"})
  void every_operation_is_there_on_any_screen_and_nothing_comes_from_elsewhere(
      ColorScheme colours) {
    try (var page = open(new NewContextOptions().setColorScheme(colours), PHONE)) {
      assertThat(page.locator(".opblock-summary-path").count())
          .isGreaterThanOrEqualTo(operations());
      search(page, "exportMessages");
      assertThat(page.locator("#operations-messages-exportMessages")).isVisible();
      page.locator("#operations-messages-exportMessages .opblock-summary-control").click();
      for (var width : List.of(PHONE, WIDE)) {
        page.setViewportSize(width, HEIGHT);
        assertThat(page.locator("#operations-messages-exportMessages .responses-table"))
            .isVisible();
        assertThat((Integer) page.evaluate("document.documentElement.scrollWidth"))
            .isLessThanOrEqualTo(width);
      }
      assertThat(
              (Boolean) page.evaluate("document.documentElement.classList.contains('dark-mode')"))
          .isEqualTo(colours == ColorScheme.DARK);
    }
    assertThat(complaints).isEmpty();
    assertThat(requests)
        .allMatch(url -> url.startsWith(service.at("/").toString()) || url.startsWith("data:"));
  }

  @Test
  void an_operation_is_tried_with_a_key() {
    var key = service.key(service.businessWithoutChannels(), "messages:read");
    try (var page = open(new NewContextOptions(), WIDE)) {
      page.locator(".btn.authorize").first().click();
      var form = page.locator(".auth-container").filter(new FilterOptions().setHasText("apiKey"));
      form.first().locator("input").fill(key);
      form.first().locator("button.authorize").click();
      page.locator(".btn-done").first().click();
      search(page, "countUnreadMessages");
      var operation = page.locator("#operations-messages-countUnreadMessages");
      operation.locator(".opblock-summary-control").click();
      operation.locator(".btn.execute").click();
      assertThat(operation.locator(".live-responses-table")).containsText("\"waiting\": 0");
    }
    assertThat(complaints).isEmpty();
  }

  private Page open(NewContextOptions visitor, int width) {
    var page = chromium.page(visitor.setViewportSize(width, HEIGHT));
    page.onConsoleMessage(message -> complain(message.type(), message.text()));
    page.onPageError(complaints::add);
    page.onRequest(request -> requests.add(request.url()));
    page.navigate(service.at("/docs").toString());
    assertThat(page.locator(".opblock").first()).isVisible();
    return page;
  }

  private void complain(String type, String text) {
    if (List.of("error", "warning").contains(type)) {
      complaints.add(text);
    }
  }

  private static void search(Page page, String words) {
    page.getByLabel("Search operations").fill(words);
    // What is not found is gone.
    assertThat(page.locator("#operations-messages-listMessages")).hasCount(0);
  }

  private int operations() {
    return service.json(service.get("/openapi.json").body()).findValues("operationId").size();
  }
}
