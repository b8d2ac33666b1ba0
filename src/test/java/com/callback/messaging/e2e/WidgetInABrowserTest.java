package com.callback.messaging.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.callback.messaging.support.ServiceTest;
import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import java.util.List;
import java.util.regex.Pattern;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The form in pages of others: how it is put there, filled in and sent, and how it looks. */
@ServiceTest
class WidgetInABrowserTest extends WidgetInABrowser {

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
      assertThat(service.countLeads(business)).isZero();

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
    assertThat(service.countLeads(business)).isOne();
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
      assertThat(service.countLeads(business)).isZero();
    }
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

  private String policyOfTheGuide() {
    var policy = Pattern.compile("`(script-src [^`]+)`").matcher(guide());
    assertThat(policy.find()).isTrue();
    return policy.group(1).replaceAll("\\s+", " ");
  }

  private void listForAnother(String origin) {
    list(service.businessWithoutChannels(), origin);
  }

  private static NewContextOptions desk() {
    return new NewContextOptions().setViewportSize(1440, 900);
  }

  private static void press(Page page, String... keys) {
    for (var key : keys) {
      page.keyboard().press(key);
    }
  }
}
