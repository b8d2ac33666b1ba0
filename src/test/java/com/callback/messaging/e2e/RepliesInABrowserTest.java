package com.callback.messaging.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.callback.messaging.delivery.channel.sms.ReceivedSms;
import com.callback.messaging.support.ApiCaller;
import com.callback.messaging.support.MultipartBody;
import com.callback.messaging.support.Service;
import com.callback.messaging.support.Service.Business;
import com.callback.messaging.support.ServiceTest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.camel.ProducerTemplate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

/** What a lead writes back appears in the conversation that somebody has open. */
@ServiceTest
class RepliesInABrowserTest extends InABrowser {

  private static final String NUMBER = "+61491570157";

  @Autowired private Service service;
  @Autowired private ProducerTemplate routes;

  private Business business;
  private ApiCaller caller;
  private String mailbox;
  private UUID lead;

  @BeforeEach
  void a_lead_that_was_written_to() {
    business = service.business();
    caller = new ApiCaller(service, service.key(business, "messages:read", "messages:write"));
    mailbox = "ada-" + UUID.randomUUID() + "@example.com";
    lead =
        service.lead(
            business,
            Map.of(
                "contactName",
                "Ada Lovelace",
                "contactEmail",
                mailbox,
                "contactPhone",
                NUMBER,
                "message",
                "Can you look at my roof?"));
  }

  @ParameterizedTest
  @ValueSource(ints = {390, 1440})
  void replies_by_mail_and_sms_appear_in_the_open_conversation(int width) {
    var mail = reply("email", "Hello Ada, we have one here.\n\nShall we say four o'clock?");
    var sms = reply("sms", "We are on our way.");
    try (var desk =
        Desk.open(chromium, service, service.session(business, "owner"), width)
            .at("/inbox/" + lead)) {
      assertThat(desk.button("Conversation")).isVisible();
      desk.says("We are on our way.");

      receiveMail(mail);
      desk.says("Four is fine, <b>thank you</b>.");
      desk.says("roof.jpg");
      assertThat(desk.page().getByText("Shall we say four o'clock? Quoted.")).hasCount(0);
      routes.request(
          "direct:receive-reply",
          each ->
              each.setVariable(
                  "received",
                  new ReceivedSms(NUMBER, null, "Running late", sms, UUID.fromString(sms))));
      desk.says("Running late");
      desk.button("Show the whole message").click();
      desk.says("Shall we say four o'clock? Quoted.");
      assertThat(desk.isTooWide()).isFalse();
      assertThat(desk.complaints).isEmpty();
    }
  }

  private String reply(String channel, String text) {
    return caller
        .ask(
            201,
            "POST",
            "/api/messages/" + lead + "/replies",
            Map.of("channel", channel, "text", text))
        .get("id")
        .asText();
  }

  private void receiveMail(String answered) {
    var fields =
        List.of(
            Map.entry(
                "headers",
                """
                From: Ada <%s>
                Subject: Re: Your request
                Message-ID: <%s@mail.example.com>
                In-Reply-To: <%s@localhost>
                """
                    .formatted(mailbox, UUID.randomUUID(), answered)),
            Map.entry(
                "text",
                "Four is fine, <b>thank you</b>.\n\nOn 22 Nov 2026 at 14:20, Sun <a@example.com> wrote:\n"
                    + "> Shall we say four o'clock? Quoted."),
            Map.entry(
                "attachment-info",
                "{\"attachment1\":{\"filename\":\"roof.jpg\",\"type\":\"image/jpeg\"}}"));
    var answer =
        service.send(
            service
                .request(
                    "/api/inbound/sendgrid/" + ServiceTest.PARSE_SECRET,
                    "multipart/form-data; boundary=b")
                .POST(BodyPublishers.ofString(MultipartBody.of(fields))));
    assertThat(answer.statusCode()).isEqualTo(204);
  }
}
