package com.callback.messaging.inbox.action;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.callback.messaging.delivery.action.StatusLinks;
import com.callback.messaging.support.ApiCaller;
import com.callback.messaging.support.MovableClock;
import com.callback.messaging.support.Service;
import com.callback.messaging.support.Service.Business;
import com.callback.messaging.support.ServiceTest;
import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.apache.camel.ProducerTemplate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

/** The receipt of a visitor, its status page, and a request that is no longer needed. */
@ServiceTest
class VisitorReceiptsTest {

  private static final Pattern LINK = Pattern.compile("/s/[\\w-]+");

  @Autowired Service service;
  @Autowired StatusLinks links;
  @Autowired MovableClock clock;
  @Autowired ProducerTemplate routes;

  private Business business;
  private ApiCaller api;
  private String mailbox;

  @BeforeEach
  void a_funnel_that_sends_receipts() {
    business = service.business();
    api =
        new ApiCaller(
            service,
            service.key(
                business, "messages:read", "messages:write", "funnels:read", "funnels:write"));
    mailbox = "visitor-" + UUID.randomUUID() + "@example.com";
    switched("email");
  }

  @Test
  void a_receipt_has_the_reference_the_due_time_and_a_link_and_nothing_else_that_was_typed() {
    var lead = lead("Ada Byron");
    var mail = receipt(mailbox);
    var body = mail.path("body").asText();
    assertThat(mail.path("subject").asText()).contains(reference(lead));
    assertThat(body)
        .contains("Hello Ada Byron,", "Test business has your request", "We will call you by")
        .contains(reference(lead), links.of(lead).substring(0, links.of(lead).indexOf("/s/") + 3))
        .doesNotContain("Buy now", "/a/", "/inbox/");
    addReceipts();
    service.awaitDeliveries(business);
    assertThat(service.caught(mailbox)).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Win at evil.example",
        "http://evil.example",
        "Call 0900 12345",
        "a@b.example",
        "x.example"
      })
  void a_name_that_may_be_more_than_a_name_is_left_out(String name) {
    lead(name);
    assertThat(receipt(mailbox).toString()).contains("Hello,").doesNotContain(name);
  }

  @Test
  void a_visitor_gets_an_sms_where_the_funnel_says_so() {
    switched("sms");
    var phone = business.phone().replace("+614", "+6149");
    phone = phone.substring(0, 12);
    service.lead(business, Map.of("contactName", "Ada", "contactPhone", phone));
    var body = receipt(phone).path("body").asText();
    assertThat(body).startsWith("Test business: we have your request, ref ").contains("/s/");
  }

  @Test
  void a_quarantined_lead_gets_no_receipt_and_neither_does_a_funnel_without_them() {
    service.send(
        service
            .request("/api/messages", "application/x-www-form-urlencoded")
            .POST(
                BodyPublishers.ofString(
                    "funnelId=%s&contactName=Ada&contactEmail=%s&company_website=https://spam.example"
                        .formatted(business.funnel(), mailbox))));
    assertThat(
            service
                .database()
                .sql("select quarantine_reason from public.messages where business_id = ?")
                .param(business.id())
                .query(String.class)
                .list())
        .containsExactly("honeypot");
    addReceipts();
    switched();
    service.forgetRequests(business);
    lead("Ada");
    addReceipts();
    assertThat(receipts()).isEmpty();

    switched("email");
    await().untilAsserted(() -> assertThat(receipts()).containsExactly("email"));
  }

  @Test
  void one_address_gets_three_receipts_a_day_from_all_businesses() {
    requireDecided("sent");
    requireDecided("sent");
    a_funnel_of_another_business();
    requireDecided("sent");
    requireDecided("destination");
    requireDecided("destination");
    clock.advance(Duration.ofHours(25));
    requireDecided("sent");
  }

  @Test
  void a_status_page_says_how_far_the_request_is_and_nothing_personal() {
    var lead = lead("Ada Byron");
    var path = LINK.matcher(receipt(mailbox).path("body").asText());
    assertThat(path.find()).isTrue();
    assertPage(path.group(), "Your request has arrived", lead);
    api.ask(200, "POST", "/api/messages/" + lead + "/acknowledge", null);
    assertPage(path.group(), "Somebody is looking after it", lead);
    api.ask(200, "POST", "/api/messages/" + lead + "/respond", null);
    assertPage(path.group(), "We have been in touch", lead);
    assertThat(path.group()).isNotEqualTo(pathOf(UUID.randomUUID()));
  }

  @Test
  void a_request_that_is_no_longer_needed_is_archived_and_what_is_due_is_cancelled() {
    service
        .database()
        .sql(
            "update public.message_channels set is_enabled = false where business_id = ? and channel_type = 'sms'")
        .param(business.id())
        .update();
    var lead = lead("Ada");
    service
        .database()
        .sql(
            "insert into messaging.deliveries (business_id, cause, message_id, channel, target_id, state, held_reason, next_attempt_at, created_at, updated_at) select business_id, 'lead', ?, 'sms', id, 'held', 'channel off', now(), now(), now() from public.message_channels where business_id = ? and channel_type = 'sms'")
        .params(lead, business.id())
        .update();
    var path = pathOf(lead);
    service.get(path);
    assertThat(shown(lead).path("status").asText()).isEqualTo("unread");

    for (int i = 0; i < 2; i++) {
      var answer = press(path);
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.body()).contains("This request is closed").doesNotContain("<form");
    }
    assertThat(shown(lead).path("status").asText()).isEqualTo("archived");
    assertThat(shown(lead).path("timeline").toString())
        .containsOnlyOnce("message.archived")
        .contains("visitor, no longer needed");
    assertThat(
            service
                .database()
                .sql(
                    "select state from messaging.deliveries where message_id = ? and channel = 'sms'")
                .param(lead)
                .query(String.class)
                .list())
        .containsExactly("cancelled");
  }

  @Test
  void a_link_that_is_altered_expired_or_of_a_deleted_lead_says_so() {
    var lead = lead("Ada");
    var path = pathOf(lead);
    assertThat(service.get(path + "A").statusCode()).isEqualTo(404);
    assertThat(press("/s/x").statusCode()).isEqualTo(404);
    service.database().sql("delete from public.messages where id = ?").param(lead).update();
    assertThat(press(path).statusCode()).isEqualTo(410);
    clock.advance(Duration.ofDays(31));
    assertThat(service.get(path).body()).contains("This link has expired");
  }

  private void a_funnel_of_another_business() {
    var address = mailbox;
    a_funnel_that_sends_receipts();
    mailbox = address;
  }

  private void switched(String... channels) {
    var funnel =
        api.ask(
            200,
            "PATCH",
            "/api/funnels/" + business.funnel(),
            Map.of("visitorReceipts", List.of(channels)));
    assertThat(funnel.path("visitorReceipts")).hasSize(channels.length);
  }

  private Map<String, Object> fields(String name) {
    return new HashMap<>(
        Map.of("contactName", name, "contactEmail", mailbox, "message", "Buy now"));
  }

  private UUID lead(String name) {
    return service.lead(business, fields(name));
  }

  private void addReceipts() {
    routes.request("direct:add-visitor-receipts", each -> {});
  }

  private JsonNode receipt(String to) {
    return await()
        .until(() -> service.caught(to).stream().findFirst().orElse(null), mail -> mail != null);
  }

  private String reference(UUID lead) {
    return shown(lead).path("reference").asText();
  }

  private JsonNode shown(UUID lead) {
    return api.ask(200, "GET", "/api/messages/" + lead, null);
  }

  private void assertPage(String path, String step, UUID lead) {
    var page = service.get(path);
    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.body())
        .contains(step, reference(lead), "noindex")
        .doesNotContain("Byron", mailbox, "Buy now");
  }

  private HttpResponse<String> press(String path) {
    return service.send(
        service.request(path, "application/x-www-form-urlencoded").POST(BodyPublishers.noBody()));
  }

  private String pathOf(UUID lead) {
    var url = links.of(lead);
    return url.substring(url.indexOf("/s/"));
  }

  private List<String> receipts() {
    return service
        .database()
        .sql("select channel from messaging.visitor_receipts where business_id = ?")
        .param(business.id())
        .query(String.class)
        .list();
  }

  private void requireDecided(String expected) {
    service.forgetRequests(business);
    var lead = lead("Ada");
    await()
        .untilAsserted(
            () ->
                assertThat(
                        service
                            .database()
                            .sql(
                                "select coalesce(refused, 'sent') from messaging.visitor_receipts where message_id = ?")
                            .param(lead)
                            .query(String.class)
                            .list())
                    .containsExactly(expected));
  }
}
