package com.callback.messaging.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.callback.messaging.delivery.action.ActionLinks;
import com.callback.messaging.delivery.action.StatusLinks;
import com.callback.messaging.support.MovableClock;
import com.callback.messaging.support.Service;
import com.callback.messaging.support.Service.Business;
import com.callback.messaging.support.ServiceTest;
import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.GetByRoleOptions;
import com.microsoft.playwright.Route.FulfillOptions;
import com.microsoft.playwright.options.AriaRole;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

/** What a visitor and a developer see, in a real browser. */
@ServiceTest
class FormInABrowserTest extends InABrowser {

  private static final String NAME = "Zoë O'Neil <b>& Co</b>";
  private static final Pattern REFERENCE =
      Pattern.compile("[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}");

  @Autowired private Service service;
  @Autowired private MovableClock clock;
  @Autowired private ActionLinks actionLinks;
  @Autowired private StatusLinks statusLinks;

  private final List<String> complaints = new ArrayList<>();
  private Business business;

  @BeforeEach
  void newBusiness() {
    business = service.business();
  }

  @Test
  void a_visitor_sends_the_form_from_a_phone_and_is_given_a_reference_number() {
    try (var page = page(phone())) {
      open(page, form());
      fillIn(page);
      submit(page);
      requireThanks(page);
    }
    assertThat(complaints).isEmpty();
  }

  @Test
  void the_form_works_with_scripts_off() {
    try (var page = page(phone().setJavaScriptEnabled(false))) {
      open(page, form());
      submit(page);
      assertThat(page.locator(".summary")).isVisible();
      fillIn(page);
      submit(page);
      requireThanks(page);
    }
  }

  @Test
  void what_is_wrong_stands_beside_its_field_until_it_is_mended() {
    try (var page = page(phone())) {
      open(page, form());
      page.getByLabel("E-mail").fill("not an address");
      page.getByLabel("What is it about?").fill("\n  Kitchen & \"bath\" </textarea>");
      submit(page);

      assertThat(page.getByLabel("Your name")).hasAttribute("aria-invalid", "true");
      assertThat(page.getByLabel("E-mail")).hasAttribute("aria-invalid", "true");
      assertThat(page.locator("#contactName-error")).isVisible();
      assertThat(page.locator("#contactEmail-error")).isVisible();
      assertThat(page.getByLabel("E-mail")).hasValue("not an address");
      assertThat(page.getByLabel("What is it about?"))
          .hasValue("\n  Kitchen & \"bath\" </textarea>");

      page.getByLabel("Your name").fill(NAME);
      submit(page);
      assertThat(page.locator("#contactName-error")).hasCount(0);
      assertThat(page.getByLabel("Your name")).hasValue(NAME);
      assertThat(page.locator("#contactEmail-error")).isVisible();

      page.getByLabel("E-mail").fill("zoe@example.com");
      submit(page);
      requireThanks(page);
    }
  }

  @Test
  void hands_that_only_use_the_keyboard_get_there_too() {
    try (var page = page(phone())) {
      open(page, form());
      press(page, "Tab", "Enter");
      assertThat(page.locator(".summary")).isFocused();
      press(page, "Tab", "Enter");
      assertThat(page.getByLabel("Your name")).isFocused();
      page.keyboard().insertText(NAME);
      press(page, "Tab");
      assertThat(page.getByLabel("Phone", new Page.GetByLabelOptions().setExact(true))).isFocused();
      page.keyboard().insertText("0491 570 006");
      press(page, "Tab", "Tab", "Tab");
      assertThat(page.getByRole(AriaRole.BUTTON)).isFocused();
      press(page, "Enter");
      requireThanks(page);
    }
  }

  @Test
  void the_sandbox_shows_the_three_notifications_of_a_lead_and_renders_the_mail() {
    try (var page = page(desk())) {
      open(page, form());
      fillIn(page);
      submit(page);
      requireThanks(page);
      var reference = page.locator(".reference").innerText();

      open(page, "/sandbox");
      var caught = caught();
      caught.values().forEach(message -> assertThat(row(page, message)).isVisible());

      row(page, caught.get("email")).click();
      var mail = page.frameLocator("iframe");
      assertThat(mail.locator("h1")).hasText(NAME + " asks to be called back");
      assertThat(mail.getByText(reference)).isVisible();
      assertThat(mail.locator("h1")).hasCSS("font-size", "24px");

      row(page, caught.get("sms")).click();
      assertThat(page.locator(".bubble")).containsText("Call back " + NAME);
      assertThat(page.locator(".bubble")).containsText(reference);

      row(page, caught.get("webhook")).click();
      assertThat(page.locator("#copyable")).containsText("\"contactName\": \"" + NAME + "\"");
      assertThat(page.locator("#copyable")).containsText(reference);
    }
    assertThat(complaints).isEmpty();
  }

  @Test
  void the_sandbox_shows_the_numbers_of_a_webhook_as_they_were_sent() {
    service.lead(
        business,
        Map.of(
            "contactName",
            "Ada",
            "contactPhone",
            "0491 570 006",
            "metadata",
            Map.of("id", 9007199254740993L)));
    try (var page = page(desk())) {
      open(page, "/sandbox#" + caught().get("webhook").path("id").asText());
      assertThat(page.locator("#copyable")).containsText("\"id\": 9007199254740993");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {390, 1440})
  void pages_have_no_accessibility_faults(int width) {
    var visitor = new NewContextOptions().setViewportSize(width, 844);
    try (var page = page(visitor)) {
      var softly = new SoftAssertions();
      open(page, form());
      look(page, "form", softly);

      submit(page);
      assertThat(page.locator(".summary")).isVisible();
      look(page, "form with errors", softly);

      fillIn(page);
      submit(page);
      requireThanks(page);
      look(page, "thanks", softly);

      open(page, "/f/there-is-no-such-form");
      look(page, "gone", softly);

      open(page, actionLink());
      look(page, "lead behind an action link", softly);
      pressButton(page, "I take it");
      assertThat(heading(page, "You have it")).isVisible();
      look(page, "lead that was taken", softly);
      open(page, pathOf(statusLinks.of(idOfLead())));
      look(page, "status page", softly);

      showInSandbox(page, List.of());
      open(page, "/sandbox");
      assertThat(page.locator("#empty")).isVisible();
      look(page, "empty sandbox", softly);

      var caught = caught();
      showInSandbox(page, caught.values());
      for (var message : caught.values()) {
        open(page, "/sandbox#" + message.path("id").asText());
        page.reload();
        assertThat(page.locator("#details h2")).isVisible();
        look(page, "sandbox with " + message, softly);
      }
      softly.assertAll();
    }
  }

  @Test
  void a_lead_is_taken_by_its_link_with_scripts_off() {
    try (var page = page(phone().setJavaScriptEnabled(false))) {
      open(page, form());
      fillIn(page);
      submit(page);
      requireThanks(page);
      open(page, actionLink());
      assertThat(page.getByText(NAME)).isVisible();
      pressButton(page, "I take it");
      assertThat(heading(page, "You have it")).isVisible();
      pressButton(page, "No answer");
      assertThat(page.getByText("Last call: No answer")).isVisible();
      page.reload();
      assertThat(page.getByText("Last call: No answer")).isVisible();
    }
    assertThat(complaints).isEmpty();
  }

  private static void pressButton(Page page, String button) {
    page.getByRole(AriaRole.BUTTON, new GetByRoleOptions().setName(button)).click();
  }

  private static Locator heading(Page page, String text) {
    return page.getByRole(AriaRole.HEADING, new GetByRoleOptions().setName(text));
  }

  private String actionLink() {
    return pathOf(actionLinks.of(idOfLead(), "email", business.email()));
  }

  private static String pathOf(String url) {
    return URI.create(url).getPath();
  }

  private UUID idOfLead() {
    return service
        .database()
        .sql("select id from public.messages where business_id = ?")
        .param(business.id())
        .query(UUID.class)
        .single();
  }

  private static void look(Page page, String what, SoftAssertions softly) {
    new Axe()
        .violationsInBothColours(page)
        .forEach(
            (colours, violations) ->
                softly.assertThat(violations).as("%s, %s", what, colours).isEmpty());
  }

  private static NewContextOptions phone() {
    return new NewContextOptions().setViewportSize(390, 844).setHasTouch(true).setIsMobile(true);
  }

  private static NewContextOptions desk() {
    return new NewContextOptions().setViewportSize(1440, 900);
  }

  private Page page(NewContextOptions visitor) {
    var page = chromium.page(visitor);
    page.onPageError(complaints::add);
    page.onConsoleMessage(
        message -> {
          if (message.type().equals("error")) {
            complaints.add(message.text());
          }
        });
    return page;
  }

  private String form() {
    return "/f/" + business.slug();
  }

  private void open(Page page, String path) {
    page.navigate(service.at(path).toString());
    // People take their time; what comes back at once is held.
    clock.advance(Duration.ofSeconds(5));
  }

  /** What others have caught there would only take time to look at. */
  private static void showInSandbox(Page page, Collection<JsonNode> messages) {
    page.route(
        "**/sandbox/messages?*",
        list ->
            list.fulfill(
                new FulfillOptions()
                    .setContentType("application/json")
                    .setBody(messages.toString())));
  }

  private static void fillIn(Page page) {
    page.getByLabel("Your name").fill(NAME);
    page.getByLabel("Phone", new Page.GetByLabelOptions().setExact(true)).fill("0491 570 006");
    page.getByLabel("E-mail", new Page.GetByLabelOptions().setExact(true)).fill("zoe@example.com");
    page.getByLabel("What is it about?").fill("After five, please.\nThe kitchen.");
  }

  private static void submit(Page page) {
    page.getByRole(AriaRole.BUTTON, new GetByRoleOptions().setName("Please call me back")).click();
  }

  private static void press(Page page, String... keys) {
    for (var key : keys) {
      page.keyboard().press(key);
    }
  }

  private void requireThanks(Page page) {
    assertThat(page.getByRole(AriaRole.HEADING, new GetByRoleOptions().setName("Thank you")))
        .isVisible();
    assertThat(page.locator(".reference")).hasText(REFERENCE);
    var name =
        service
            .database()
            .sql("select contact_name from public.messages where business_id = ?")
            .param(business.id())
            .query(String.class)
            .single();
    assertThat(name).isEqualTo(NAME);
  }

  /** The notifications of the business's only lead, by channel. */
  private Map<String, JsonNode> caught() {
    var arrivals = Arrivals.of(business, service, 100);
    var message = idOfLead();
    return Stream.of("email", "sms", "webhook")
        .collect(Collectors.toMap(channel -> channel, channel -> arrivals.one(message, channel)));
  }

  private static Locator row(Page page, JsonNode message) {
    return page.locator("#list a[data-id='%s']".formatted(message.path("id").asText()));
  }
}
