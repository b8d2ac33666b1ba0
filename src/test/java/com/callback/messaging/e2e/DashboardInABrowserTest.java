package com.callback.messaging.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.callback.messaging.intake.submission.PublishedContract;
import com.callback.messaging.support.OtherInstance;
import com.callback.messaging.support.Service;
import com.callback.messaging.support.Service.Business;
import com.callback.messaging.support.ServiceTest;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.Route;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.camel.ProducerTemplate;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

/** How people work through leads, in a real browser against the real service. */
@ServiceTest
class DashboardInABrowserTest extends InABrowser {

  private static final int WIDE = 1440;
  private static final int PHONE = 390;

  @Autowired private Service service;
  @Autowired private ProducerTemplate routes;

  private Business business;
  private String key;
  private String owner;

  @BeforeEach
  void newBusiness() {
    business = service.business();
    key = service.key(business, "messages:read");
    owner = service.session(business, "owner");
  }

  @Test
  void a_lead_is_watched_as_it_comes_in_taken_on_called_and_put_away() {
    try (var desk = Desk.open(chromium, service, owner, WIDE).at("/inbox")) {
      assertThat(desk.heading("Your first lead")).isVisible();
      var id = lead("Ada Lovelace");
      assertThat(desk.row("Ada Lovelace")).isVisible();
      assertThat(desk.page()).hasTitle(java.util.regex.Pattern.compile("\\(1\\).*"));

      desk.row("Ada Lovelace").click();
      assertThat(desk.heading("Ada Lovelace")).isVisible();
      awaitStatus(id, "read");
      desk.button("Acknowledge").click();
      desk.says("Acknowledged: it is yours.");
      awaitStatus(id, "acknowledged");

      desk.button("Add a note").click();
      desk.field("Notes").fill("Has two meters, and a dog.");
      desk.button("Add a note").click();
      desk.says("Has two meters, and a dog.");

      desk.button("How did the call go?").click();
      desk.page()
          .getByText("Reached", new com.microsoft.playwright.Page.GetByTextOptions().setExact(true))
          .click();
      desk.button("Save").click();
      awaitStatus(id, "responded");

      desk.button("Archive").click();
      desk.says("Archived.");
      awaitStatus(id, "archived");
      desk.button("Undo").last().click();
      awaitStatus(id, "responded");
      assertThat(desk.complaints).isEmpty();
    }
  }

  @Test
  void everything_is_done_with_the_keyboard_alone() {
    var first = lead("Grace Hopper");
    var second = lead("Ada Lovelace");
    try (var desk = Desk.open(chromium, service, owner, WIDE).at("/inbox")) {
      assertThat(desk.rows()).hasCount(2);
      desk.press("j");
      assertThat(desk.row("Ada Lovelace")).isFocused();
      desk.press("j", "Enter");
      assertThat(desk.heading("Grace Hopper")).isVisible();
      awaitStatus(first, "read");
      desk.press("a");
      awaitStatus(first, "acknowledged");
      desk.press("t");
      desk.page().keyboard().type("battery");
      desk.press("Enter", "Escape");
      await().until(() -> shown(first).get("tags").toString().contains("battery"));
      desk.press("n");
      assertThat(desk.field("Notes")).isFocused();
      desk.page().keyboard().type("Call after five.");
      desk.press("Control+Enter");
      desk.says("Call after five.");
      assertThat(desk.field("Notes")).isHidden();
      desk.press("e");
      awaitStatus(first, "archived");
      desk.press("z");
      awaitStatus(first, "acknowledged");
      desk.press("z");
      await().until(() -> shown(first).get("tags").isEmpty());
      desk.press("z");
      awaitStatus(first, "read");
      desk.press("e");
      awaitStatus(first, "archived");
      // The next lead of the list opens.
      assertThat(desk.heading("Ada Lovelace")).isVisible();
      awaitStatus(second, "read");

      desk.press("/");
      desk.page().keyboard().type("lovelace");
      assertThat(desk.rows()).hasCount(1);
      desk.press("Escape", "Escape", "g", "s");
      assertThat(desk.heading("Settings")).isVisible();
      desk.press("g", "i", "?");
      desk.says("Keyboard shortcuts");
      desk.press("Escape");
      assertThat(desk.complaints).isEmpty();
    }
  }

  @Test
  void on_a_phone_a_lead_is_called_between_two_customers() {
    var id = lead("Ada Lovelace");
    try (var desk = Desk.open(chromium, service, owner, PHONE).at("/inbox")) {
      assertThat(desk.rows()).hasCount(1);
      assertThat(desk.isTooWide()).isFalse();
      assertThat(desk.isCut("h1 button span")).isFalse();
      desk.row("Ada Lovelace").click();
      assertThat(desk.heading("Ada Lovelace")).isVisible();
      assertThat(desk.rows().first()).isHidden();
      assertThat(desk.page().locator("a[href^='tel:+61']:visible").first()).isVisible();
      assertThat(desk.isTooWide()).isFalse();
      desk.button("Acknowledge").click();
      awaitStatus(id, "acknowledged");
      desk.page().getByLabel("Back to the list").click();
      desk.says("Everyone has been answered");
      assertThat(desk.complaints).isEmpty();
    }
  }

  @Test
  void what_came_while_nobody_was_online_is_there_once() {
    lead("Before");
    try (var desk = Desk.open(chromium, service, owner, WIDE).at("/inbox")) {
      assertThat(desk.rows()).hasCount(1);
      desk.page().context().setOffline(true);
      Stream.of("First", "Second", "Third").forEach(this::lead);
      desk.page().context().setOffline(false);
      assertThat(desk.rows()).hasCount(4);
      lead("Fourth");
      assertThat(desk.rows()).hasCount(5);
      assertThat(desk.rows().allInnerTexts().stream().distinct()).hasSize(5);
    }
  }

  /** Over HTTP/1.1 a browser opens six connections per host; the test's service speaks no other. */
  @Test
  void eight_tabs_share_one_stream_and_all_load_and_are_live() {
    lead("Before");
    try (var desk = Desk.open(chromium, service, owner, WIDE)) {
      desk.page().waitForResponse("**/api/stream**", () -> desk.at("/inbox"));
      assertThat(desk.rows()).hasCount(1);
      var streams = new java.util.concurrent.atomic.AtomicInteger();
      desk.page()
          .context()
          .onRequest(
              request -> {
                if (request.url().contains("/api/stream")) {
                  streams.incrementAndGet();
                }
              });
      var tabs = new java.util.ArrayList<com.microsoft.playwright.Page>();
      for (var number = 2; number <= 8; number++) {
        var tab = desk.page().context().newPage();
        tab.navigate(service.at("/inbox").toString());
        assertThat(tab.locator("[data-lead]")).hasCount(1);
        tabs.add(tab);
      }
      var counts = "() => fetch('/api/messages/unread-count').then(answer => answer.status)";
      assertThat(desk.page().evaluate(counts)).isEqualTo(200);
      assertThat(streams).hasValue(0);

      lead("After");
      assertThat(desk.rows()).hasCount(2);
      tabs.forEach(tab -> assertThat(tab.locator("[data-lead]")).hasCount(2));

      // The tab with the stream goes; another one goes on.
      desk.page().navigate("about:blank");
      lead("Later");
      tabs.forEach(tab -> assertThat(tab.locator("[data-lead]")).hasCount(3));
      assertThat(streams).hasValue(1);
    }
  }

  @Test
  void what_is_shown_stays_where_the_rest_of_the_page_cannot_be_fetched() {
    lead("Before");
    try (var desk = Desk.open(chromium, service, owner, WIDE)) {
      var page = desk.page();
      page.route("**/assets/lead-page*.js", Route::abort);
      // The page asks whether the service has another one by now, and finds that it has not.
      page.waitForResponse("**/sign-in", () -> desk.at("/inbox"));
      page.evaluate("() => void (window.isTheSame = true)");
      lead("After");
      assertThat(desk.rows()).hasCount(2);
      assertThat(page.evaluate("() => window.isTheSame")).isEqualTo(true);
    }
  }

  @Test
  void who_comes_second_is_told_who_was_first() {
    var id = lead("Ada Lovelace");
    var other = service.session(business, "agent");
    try (var slow = Desk.open(chromium, service, other, WIDE);
        var fast = Desk.open(chromium, service, owner, WIDE)) {
      // One who is not told of it in time.
      slow.page().route("**/api/stream**", Route::abort);
      slow.at("/inbox/" + id);
      assertThat(slow.button("Acknowledge")).isVisible();
      awaitStatus(id, "read");
      fast.at("/inbox/" + id).button("Acknowledge").click();
      awaitStatus(id, "acknowledged");
      slow.button("Acknowledge").click();
      assertThat(slow.page().getByText("owner-").first()).isVisible();
      assertThat(slow.button("Acknowledge")).hasCount(0);
    }
  }

  @Test
  void a_viewer_looks_and_changes_nothing() {
    var id = lead("Ada Lovelace");
    var viewer = service.session(business, "viewer");
    try (var desk = Desk.open(chromium, service, viewer, WIDE).at("/inbox/" + id)) {
      assertThat(desk.heading("Ada Lovelace")).isVisible();
      assertThat(desk.button("Acknowledge")).hasCount(0);
      assertThat(desk.button("Archive")).hasCount(0);
      assertThat(desk.page().getByLabel("Priority")).isDisabled();
      desk.page().waitForTimeout(1_000);
      assertThat(shown(id).get("status").asText()).isEqualTo("unread");
    }
  }

  @Test
  void who_is_not_signed_in_is_asked_to_and_comes_back() {
    var page = chromium.page(new NewContextOptions().setViewportSize(WIDE, 900));
    page.navigate(service.at("/settings/webhooks").toString());
    assertThat(page).hasURL(java.util.regex.Pattern.compile(".*/sign-in\\?next=.*webhooks"));
    assertThat(page.getByLabel("E-mail")).isVisible();
    assertThat(new Axe().violations(page)).isEmpty();
    page.context().close();
  }

  @ParameterizedTest
  @ValueSource(ints = {PHONE, WIDE})
  void a_provider_that_is_down_is_named_above_every_page(int width) {
    lead("Ada Lovelace");
    try (var other = new OtherInstance(service, routes);
        var desk = Desk.open(chromium, service, owner, width)) {
      other.reportsDown("sms", "touchsms");
      desk.at("/inbox");
      assertThat(desk.rows()).hasCount(1);
      var banner = desk.page().locator("[role=status]:has-text('SMS is delayed')");
      assertThat(banner).isVisible();
      assertThat(banner).containsText("the provider has not accepted messages since");
      assertThat(desk.isTooWide()).isFalse();
      var findings = new Axe().violationsInBothColours(desk.page());
      assertThat(findings.values()).allSatisfy(each -> assertThat(each).isEmpty());
      assertThat(desk.complaints).isEmpty();
    }
  }

  @Test
  void what_dns_says_of_the_senders_domain_fits_a_phone() {
    var example =
        PublishedContract.at(
            "/paths/~1api~1email-domain/get/responses/200/content/application~1json/example");
    try (var desk = Desk.open(chromium, service, owner, PHONE)) {
      desk.page()
          .route(
              "**/api/email-domain",
              route ->
                  route.fulfill(
                      new Route.FulfillOptions()
                          .setContentType("application/json")
                          .setBody(example.toString())));
      desk.at("/settings/channels").button("Check the sender's domain").click();
      desk.says("merge them into one");
      assertThat(desk.page().locator("table tbody tr")).hasCount(4);
      assertThat(desk.isTooWide()).isFalse();
      var findings = new Axe().violationsInBothColours(desk.page());
      assertThat(findings.values()).allSatisfy(each -> assertThat(each).isEmpty());
    }
  }

  @Test
  void a_code_that_is_asked_for_and_the_sms_of_the_month_fit_a_phone() {
    var channels = example("channels");
    ((ObjectNode) channels.at("/channels/0"))
        .put("pendingRecipient", "a.rather.long.address@subsidiary.example.com")
        .putObject("confirmation")
        .put("sentAt", "2026-11-22T03:04:05.123Z")
        .put("expiresAt", "2999-11-22T03:14:05.123Z")
        .put("triesLeft", 5)
        .put("problem", "The mailbox is full.");
    var usage = example("usage");
    ((ObjectNode) usage.at("/sms/month")).put("parts", 4_250).put("remaining", 750);
    try (var desk = Desk.open(chromium, service, owner, PHONE)) {
      Map.of("channels", channels, "usage", usage)
          .forEach(
              (path, body) ->
                  desk.page()
                      .route(
                          "**/api/" + path,
                          route ->
                              route.fulfill(
                                  new Route.FulfillOptions()
                                      .setContentType("application/json")
                                      .setBody(body.toString()))));
      desk.at("/settings/channels").says("Most of the budget is used.");
      desk.says("The code did not arrive. The mailbox is full.");
      assertThat(desk.page().getByLabel("Code of six digits"))
          .hasAttribute("autocomplete", "one-time-code");
      assertThat(desk.isTooWide()).isFalse();
      var findings = new Axe().violationsInBothColours(desk.page());
      assertThat(findings.values()).allSatisfy(each -> assertThat(each).isEmpty());
    }
  }

  private static JsonNode example(String path) {
    return PublishedContract.at(
            "/paths/~1api~1%s/get/responses/200/content/application~1json/example".formatted(path))
        .deepCopy();
  }

  @ParameterizedTest
  @ValueSource(ints = {PHONE, WIDE})
  void every_page_is_for_everybody(int width) {
    var id = lead("Ada Lovelace");
    var axe = new Axe();
    var softly = new SoftAssertions();
    try (var desk = Desk.open(chromium, service, owner, width)) {
      for (var path :
          new String[] {
            "/inbox",
            "/inbox?view=archived",
            "/inbox?q=nobody",
            "/inbox/" + id,
            "/inbox/" + UUID.randomUUID(),
            "/analytics",
            "/settings",
            "/settings/channels",
            "/settings/notifications",
            "/settings/devices",
            "/settings/funnels",
            "/settings/templates",
            "/settings/members",
            "/settings/assignment",
            "/settings/webhooks",
            "/settings/api-keys",
            "/settings/business",
            "/settings/audit"
          }) {
        desk.at(path);
        desk.page().waitForLoadState(com.microsoft.playwright.options.LoadState.LOAD);
        assertThat(desk.page().locator("h1:visible").first()).isVisible();
        assertThat(desk.page().locator("main [role=status].grid")).hasCount(0);
        axe.violationsInBothColours(desk.page())
            .forEach(
                (colours, violations) ->
                    softly.assertThat(violations).as("%s, %s", path, colours).isEmpty());
        softly.assertThat(desk.isTooWide()).as(path + " is too wide").isFalse();
        softly.assertThat(desk.isTooLong()).as(path + " is too long").isFalse();
      }
      softly.assertThat(desk.complaints).isEmpty();
    }
    softly.assertAll();
  }

  private UUID lead(String name) {
    var phone = "+61 4" + (10_000_000 + Math.abs(name.hashCode() % 80_000_000));
    return service.lead(business, Map.of("contactName", name, "contactPhone", phone));
  }

  private JsonNode shown(UUID id) {
    return service.json(service.call("GET", "/api/messages/" + id, key, null).body());
  }

  private void awaitStatus(UUID id, String status) {
    await().until(() -> shown(id).get("status").asText().equals(status));
  }
}
