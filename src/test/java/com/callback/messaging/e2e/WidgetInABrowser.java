package com.callback.messaging.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.callback.messaging.intake.submission.Reference;
import com.callback.messaging.support.Service;
import com.callback.messaging.support.Service.Business;
import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.GetByRoleOptions;
import com.microsoft.playwright.options.AriaRole;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;

/** The form in pages of others, put there as docs/embed-the-form.md says, in a real browser. */
abstract class WidgetInABrowser extends InABrowser {

  static final String HOST = "https://callback.example.com";
  static final String FUNNEL = "0d3c6f5e-8a51-4d0e-9a44-5f1f3c0b7a10";
  static final String NAME = "Zoë O'Neil <b>& Co</b>";
  static final Pattern THANKS_PAGE = Pattern.compile(".*/f/.*/thanks\\?ref=.*");

  @Autowired Service service;

  final List<String> complaints = new ArrayList<>();
  final List<String> requests = new ArrayList<>();
  PageElsewhere elsewhere;
  Business business;

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

  /** A block of the guide, for this service and this funnel. */
  String guide(String language, int block) {
    var blocks =
        Pattern.compile("```" + language + "\n(.*?)```", Pattern.DOTALL).matcher(guide()).results();
    return blocks.skip(block).findFirst().orElseThrow().group(1);
  }

  String guide() {
    try {
      return Files.readString(Path.of("docs/embed-the-form.md"))
          .replace(HOST, address(""))
          .replace(FUNNEL, business.funnel().toString());
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  String address(String path) {
    return service.at(path).toString();
  }

  void list(String origin) {
    list(business, origin);
  }

  void list(Business whose, String origin) {
    service
        .database()
        .sql("insert into messaging.funnel_origins (funnel_id, origin) values (?, ?)")
        .params(whose.funnel(), origin)
        .update();
  }

  Page open(NewContextOptions visitor, String path) {
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

  static NewContextOptions phone() {
    return new NewContextOptions().setViewportSize(390, 844).setHasTouch(true).setIsMobile(true);
  }

  static void fillIn(Page page) {
    field(page, "Your name").fill(NAME);
    field(page, "Phone").fill("0491 570 006");
    field(page, "E-mail").fill("zoe@example.com");
    page.getByLabel("What is it about?").fill("After five, please.\nThe kitchen.");
  }

  static Locator field(Page page, String label) {
    // The plain form inside the element has labels too, and is hidden.
    return page.getByRole(AriaRole.TEXTBOX, named(label).setExact(true));
  }

  static Locator button(Page page) {
    return page.getByRole(AriaRole.BUTTON, named("Call me back"));
  }

  static Locator thanks(Page page) {
    return page.getByRole(AriaRole.HEADING, named("Thank you!"));
  }

  static GetByRoleOptions named(String name) {
    return new GetByRoleOptions().setName(name);
  }

  static void send(Page page) {
    button(page).click();
  }

  static void requireKept(Page page) {
    assertThat(page.getByText("kept on this device").first()).isVisible();
    assertThat(stored(page)).contains("contactName");
  }

  /** What the form keeps on the visitor's device; null for nothing. */
  static String stored(Page page) {
    return (String) page.evaluate("localStorage.getItem('callback-messaging-queue')");
  }

  void requireThanks(Page page) {
    assertThat(thanks(page)).isVisible();
    assertThat(page.locator(".reference")).hasText(reference());
    assertThat(service.countLeads(business)).isOne();
  }

  /** What the business calls its only lead. */
  String reference() {
    return Reference.of(UUID.fromString(lead("id")));
  }

  String lead(String column) {
    return service
        .database()
        .sql("select " + column + "::text from public.messages where business_id = ?")
        .param(business.id())
        .query((row, number) -> Optional.ofNullable(row.getString(1)))
        .single()
        .orElse(null);
  }
}
