package com.callback.messaging.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.callback.messaging.intake.submission.Reference;
import com.callback.messaging.support.Service;
import com.callback.messaging.support.Service.Business;
import com.callback.messaging.support.ServiceTest;
import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.GetByRoleOptions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;

/** The form in pages of others, put there as docs/embed-the-form.md says, in a real browser. */
@ServiceTest
class WidgetInABrowserTest {

  private static final String HOST = "https://callback.example.com";
  private static final String FUNNEL = "0d3c6f5e-8a51-4d0e-9a44-5f1f3c0b7a10";
  private static final String NAME = "Zoë O'Neil <b>& Co</b>";
  private static final Pattern THANKS_PAGE = Pattern.compile(".*/f/.*/thanks\\?ref=.*");

  private static Chromium chromium;

  @Autowired private Service service;

  private final List<String> complaints = new ArrayList<>();
  private final List<String> requests = new ArrayList<>();
  private PageElsewhere elsewhere;
  private Business business;

  @BeforeAll
  static void startBrowser() {
    chromium = Chromium.start();
  }

  @AfterAll
  static void stopBrowser() {
    if (chromium != null) {
      chromium.close();
    }
  }

  @BeforeEach
  void a_page_elsewhere() {
    business = service.businessWithoutChannels();
    elsewhere = new PageElsewhere();
    elsewhere.shows(guide("html", 0));
  }

  @AfterEach
  void close_it() {
    elsewhere.close();
  }

  @Test
  void one_line_puts_the_form_where_it_stands_and_the_visitor_stays_on_the_page() {
    list(elsewhere.origin());
    try (var page = open(phone(), "/panels?utm_source=spring&who=me")) {
      assertThat(page.locator("script + callback-form")).isVisible();
      fillIn(page);
      send(page);
      requireThanks(page);
      assertThat(page.url()).startsWith(elsewhere.origin());
      assertThat(page.context().cookies()).isEmpty();
      assertThat(stored(page)).isNull();
    }
    assertThat(lead("contact_name")).isEqualTo(NAME);
    assertThat(lead("quarantined_at")).isNull();
    assertThat(service.json(lead("metadata")).path("form"))
        .isEqualTo(
            service.json(
                "{\"page\": \"%s/panels\", \"utm_source\": \"spring\"}"
                    .formatted(elsewhere.origin())));
    assertThat(complaints).isEmpty();
    assertThat(requests)
        .allMatch(url -> url.startsWith(elsewhere.origin()) || url.startsWith(address("/")));
  }

  @Test
  void hands_that_only_use_the_keyboard_get_there_too() {
    list(elsewhere.origin());
    try (var page = open(desk(), "/")) {
      press(page, "Tab");
      assertThat(field(page, "Your name")).isFocused();
      press(page, "Enter");
      assertThat(page.getByText("Tell us your name.")).isVisible();
      assertThat(field(page, "Your name")).isFocused();
      page.keyboard().insertText(NAME);
      press(page, "Tab");
      assertThat(field(page, "Phone")).isFocused();
      page.keyboard().insertText("0491 570 006");
      press(page, "Tab", "Tab", "Tab");
      assertThat(button(page)).isFocused();
      press(page, "Enter");
      requireThanks(page);
      assertThat(thanks(page)).isFocused();
    }
  }

  @Test
  void what_is_wrong_stands_beside_its_field_until_it_is_mended() {
    list(elsewhere.origin());
    try (var page = open(phone(), "/")) {
      fillIn(page);
      // Beside a number that works an odd address is kept as it was typed; without one it is all
      // there is.
      field(page, "Phone").fill("");
      field(page, "E-mail").fill("not an address");
      send(page);
      assertThat(field(page, "E-mail")).hasAttribute("aria-invalid", "true");
      assertThat(field(page, "E-mail")).isFocused();
      assertThat(field(page, "E-mail"))
          .hasAccessibleDescription(Pattern.compile("Give an e-mail address.*"));
      assertThat(field(page, "Your name")).hasValue(NAME);
      assertThat(leads()).isZero();

      field(page, "E-mail").fill("zoe@example.com");
      send(page);
      requireThanks(page);
    }
  }

  @Test
  void from_a_page_that_is_not_listed_the_visitor_is_led_to_the_thank_you_page() {
    try (var page = open(phone(), "/")) {
      fillIn(page);
      send(page);
      page.waitForURL(THANKS_PAGE);
      assertThat(page.locator(".reference")).hasText(reference());
    }
    assertThat(leads()).isOne();
  }

  @Test
  void a_page_that_the_funnel_refuses_hands_over_to_the_form_of_the_service() {
    list("https://www.example.com");
    listForAnother(elsewhere.origin());
    try (var page = open(phone(), "/")) {
      fillIn(page);
      send(page);
      page.waitForURL(Pattern.compile(".*/api/messages"));
      assertThat(field(page, "Your name")).hasValue(NAME);
      assertThat(leads()).isZero();
    }
  }

  @Test
  void what_is_sent_without_a_network_is_sent_once_when_it_is_back() {
    list(elsewhere.origin());
    try (var page = open(phone(), "/")) {
      page.context().setOffline(true);
      fillIn(page);
      send(page);
      requireKept(page);
      assertThat(leads()).isZero();

      page.context().setOffline(false);
      requireThanks(page);
      assertThat(stored(page)).isNull();
      page.reload();
      assertThat(field(page, "Your name")).isVisible();
      assertThat(field(page, "Your name")).hasValue("");
    }
    assertThat(leads()).isOne();
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
    assertThat(leads()).isOne();
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
      assertThat(leads()).isZero();

      // While a try is under way, nobody else sends it.
      page.waitForFunction("localStorage['callback-messaging-queue'].includes('\"notBefore\":0')");
      isAway.set(false);
      page.reload();
      requireThanks(page);
      assertThat(stored(page)).isNull();
    }
    assertThat(leads()).isOne();
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
    assertThat(leads()).isOne();
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
    assertThat(leads()).isOne();
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
    assertThat(leads()).isZero();
  }

  @Test
  void without_scripts_the_plain_form_inside_the_element_works() {
    elsewhere.shows(guide("html", 1));
    try (var page = open(phone().setJavaScriptEnabled(false), "/")) {
      page.getByLabel("Name").fill(NAME);
      page.getByLabel("Phone").fill("0491 570 006");
      button(page).click();
      page.waitForURL(THANKS_PAGE);
      assertThat(page.locator(".reference")).hasText(reference());
    }
    assertThat(lead("contact_name")).isEqualTo(NAME);
  }

  @Test
  void with_scripts_the_plain_form_inside_the_element_stands_aside() {
    elsewhere.shows(guide("html", 1));
    list(elsewhere.origin());
    try (var page = open(phone(), "/")) {
      assertThat(page.getByRole(AriaRole.HEADING, named("Talk to us"))).isVisible();
      assertThat(page.locator("callback-form > form")).isHidden();
      fillIn(page);
      send(page);
      requireThanks(page);
    }
  }

  @Test
  void a_strict_policy_of_the_page_lets_it_in_with_the_line_of_the_guide() {
    list(elsewhere.origin());
    elsewhere.letsIn("default-src 'none'; " + policyOfTheGuide());
    try (var page = open(desk(), "/")) {
      assertThat(button(page)).hasCSS("background-color", "rgb(12, 107, 69)");
      fillIn(page);
      send(page);
      requireThanks(page);
    }
    assertThat(complaints).isEmpty();
  }

  @Test
  void it_looks_as_the_page_says_by_variables() {
    elsewhere.shows("<style>" + guide("css", 0) + "</style>" + guide("html", 0));
    for (var colours : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
      try (var page = open(desk().setColorScheme(colours), "/")) {
        assertThat(button(page)).hasCSS("background-color", "rgb(122, 46, 142)");
        assertThat(button(page)).hasCSS("border-radius", "4px");
      }
    }
  }

  @Test
  void a_program_that_fills_in_what_nobody_sees_is_held() {
    list(elsewhere.origin());
    try (var page = open(desk(), "/")) {
      fillIn(page);
      page.locator("[name=further_topic]").evaluate("field => field.value = 'Roofs'");
      page.locator("[name=message]").fill("Cheap roofs at https://spam.example");
      send(page);
      requireThanks(page);
    }
    assertThat(lead("quarantine_reason")).isEqualTo("honeypot");
  }

  @ParameterizedTest
  @CsvSource({"LIGHT, 390", "DARK, 390", "LIGHT, 1440", "DARK, 1440"})
  void it_has_no_accessibility_faults_and_fits(ColorScheme colours, int width) {
    elsewhere.shows(guide("html", 1));
    list(elsewhere.origin());
    var axe = new Axe();
    var softly = new SoftAssertions();
    var visitor = new NewContextOptions().setViewportSize(width, 844).setColorScheme(colours);
    try (var page = open(visitor, "/")) {
      assertThat(button(page)).isVisible();
      check(softly, axe, page, "form");

      send(page);
      assertThat(page.getByText("Tell us your name.")).isVisible();
      check(softly, axe, page, "form with errors");

      page.context().setOffline(true);
      fillIn(page);
      send(page);
      requireKept(page);
      check(softly, axe, page, "kept");

      page.context().setOffline(false);
      requireThanks(page);
      check(softly, axe, page, "thanks");
    }
    softly.assertAll();
  }

  private static void check(SoftAssertions softly, Axe axe, Page page, String state) {
    softly.assertThat(axe.violations(page)).as(state).isEmpty();
    softly
        .assertThat(
            page.evaluate(
                "document.documentElement.scrollWidth - document.documentElement.clientWidth"))
        .as("%s is too wide", state)
        .isEqualTo(0);
  }

  /** A block of the guide, for this service and this funnel. */
  private String guide(String language, int block) {
    var blocks =
        Pattern.compile("```" + language + "\n(.*?)```", Pattern.DOTALL).matcher(guide()).results();
    return blocks.skip(block).findFirst().orElseThrow().group(1);
  }

  private String policyOfTheGuide() {
    var policy = Pattern.compile("`(script-src [^`]+)`").matcher(guide());
    assertThat(policy.find()).isTrue();
    return policy.group(1).replaceAll("\\s+", " ");
  }

  private String guide() {
    try {
      return Files.readString(Path.of("docs/embed-the-form.md"))
          .replace(HOST, address(""))
          .replace(FUNNEL, business.funnel().toString());
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private String address(String path) {
    return service.at(path).toString();
  }

  private void list(String origin) {
    list(business, origin);
  }

  private void listForAnother(String origin) {
    list(service.businessWithoutChannels(), origin);
  }

  private void list(Business whose, String origin) {
    service
        .database()
        .sql("insert into messaging.funnel_origins (funnel_id, origin) values (?, ?)")
        .params(whose.funnel(), origin)
        .update();
  }

  private Page open(NewContextOptions visitor, String path) {
    var page = chromium.page(visitor);
    page.onPageError(complaints::add);
    page.onRequest(request -> requests.add(request.url()));
    page.onConsoleMessage(
        message -> {
          if (message.type().equals("error")) {
            complaints.add(message.text());
          }
        });
    page.navigate(elsewhere.origin() + path);
    return page;
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

  private static NewContextOptions phone() {
    return new NewContextOptions().setViewportSize(390, 844).setHasTouch(true).setIsMobile(true);
  }

  private static NewContextOptions desk() {
    return new NewContextOptions().setViewportSize(1440, 900);
  }

  private static void fillIn(Page page) {
    field(page, "Your name").fill(NAME);
    field(page, "Phone").fill("0491 570 006");
    field(page, "E-mail").fill("zoe@example.com");
    page.getByLabel("What is it about?").fill("After five, please.\nThe kitchen.");
  }

  private static Locator field(Page page, String label) {
    // The plain form inside the element has labels too, and is hidden.
    return page.getByRole(AriaRole.TEXTBOX, named(label).setExact(true));
  }

  private static Locator button(Page page) {
    return page.getByRole(AriaRole.BUTTON, named("Call me back"));
  }

  private static Locator thanks(Page page) {
    return page.getByRole(AriaRole.HEADING, named("Thank you!"));
  }

  private static GetByRoleOptions named(String name) {
    return new GetByRoleOptions().setName(name);
  }

  private static void send(Page page) {
    button(page).click();
  }

  private static void press(Page page, String... keys) {
    for (var key : keys) {
      page.keyboard().press(key);
    }
  }

  private static void requireKept(Page page) {
    assertThat(page.getByText("kept on this device").first()).isVisible();
    assertThat(stored(page)).contains("contactName");
  }

  /** What the form keeps on the visitor's device; null for nothing. */
  private static String stored(Page page) {
    return (String) page.evaluate("localStorage.getItem('callback-messaging-queue')");
  }

  private void requireThanks(Page page) {
    assertThat(thanks(page)).isVisible();
    assertThat(page.locator(".reference")).hasText(reference());
    assertThat(leads()).isOne();
  }

  /** What the business calls its only lead. */
  private String reference() {
    return Reference.of(UUID.fromString(lead("id")));
  }

  private String lead(String column) {
    return service
        .database()
        .sql("select " + column + "::text from public.messages where business_id = ?")
        .param(business.id())
        .query((row, number) -> Optional.ofNullable(row.getString(1)))
        .single()
        .orElse(null);
  }

  private int leads() {
    return service
        .database()
        .sql("select count(*) from public.messages where business_id = ?")
        .param(business.id())
        .query(Integer.class)
        .single();
  }
}
