package com.callback.messaging.delivery.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.test.annotation.DirtiesContext;

/**
 * What is said to a lead and does not arrive goes to nobody else. It is the last class with this
 * service, whose timers would otherwise run beside all tests that follow.
 */
@DirtiesContext
class ReplyFailsTest extends PlayedProviders {

  private static final String NUMBER = "+61491570157";

  @Test
  void a_refused_reply_falls_back_to_no_channel_of_the_business() {
    var lead = leadOfABusinessThatFallsBack();
    MAIL.refuse(550);
    var reply = reply(lead, "email");
    becomes(reply, "failed");
    assertThat(timeline(lead)).contains("delivery.failed").doesNotContain("delivery.fell_back");
    assertThat(channelsOf(lead)).containsExactly("email");
    var owner =
        column(
            reply,
            "(select config ->> 'to' from public.message_channels c where c.business_id = deliveries.business_id and channel_type = 'sms')");
    assertThat(FIRST.calls()).noneMatch(call -> call.body().contains((String) owner));
    assertThat(isUnreached(lead)).as("that is said of the business").isTrue();
  }

  @Test
  void a_reply_that_nobody_knows_of_is_not_told_to_the_business_either() {
    var lead = leadOfABusinessThatFallsBack();
    FIRST.answers(200, Map.of(), "what?");
    var reply = reply(lead, "sms");
    becomes(reply, "unknown");
    clock.advance(Duration.ofMinutes(11));
    await().until(() -> (boolean) column(reply, "receipt_due_at is null"));
    assertThat(channelsOf(lead)).containsExactly("sms");
  }

  @Test
  void a_reply_is_tried_again_as_the_same_mail() {
    var lead = leadOfABusinessThatFallsBack();
    MAIL.refuse(451);
    MAIL_STANDBY.refuse(451);
    var reply = reply(lead, "email");
    await().until(() -> !calls(reply).isEmpty());
    MAIL.refuse(0);
    MAIL_STANDBY.refuse(0);
    clock.advance(Duration.ofMinutes(10));
    becomes(reply, "sent");
    var address = (String) column(reply, "recipient");
    assertThat(Stream.of(MAIL, MAIL_STANDBY).flatMap(end -> end.taken(address).stream()))
        .singleElement()
        .satisfies(
            mail -> assertThat(mail.text()).contains("Message-ID: <" + reply + "@localhost>"));
    assertThat(calls(reply)).hasSizeGreaterThan(1);
  }

  /** Told of nothing itself, so that all there is of its leads is what they were told. */
  private UUID leadOfABusinessThatFallsBack() {
    var business = business();
    api(
        business,
        "PUT",
        "/api/fallbacks",
        Map.of("fallbacks", Map.of("email", List.of("sms"), "sms", List.of("email"))),
        200);
    var lead =
        service.lead(
            business,
            Map.of(
                "contactName",
                "Ada",
                "contactPhone",
                NUMBER,
                "contactEmail",
                "lead-" + UUID.randomUUID() + "@example.com"));
    service
        .database()
        .sql(
            "update public.message_channels set is_enabled = channel_type <> 'webhook' where business_id = ?")
        .param(business.id())
        .update();
    return lead;
  }

  private UUID reply(UUID lead, String channel) {
    var key =
        service.key(
            new com.callback.messaging.support.Service.Business(businessOf(lead), null, null),
            "messages:write");
    var answer =
        service.call(
            "POST",
            "/api/messages/" + lead + "/replies",
            key,
            Map.of("channel", channel, "text", "Between us"));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    return UUID.fromString(service.json(answer.body()).get("id").asText());
  }

  private UUID businessOf(UUID lead) {
    return service
        .database()
        .sql("select business_id from public.messages where id = ?")
        .param(lead)
        .query(UUID.class)
        .single();
  }

  private List<String> channelsOf(UUID lead) {
    return service
        .database()
        .sql("select channel from messaging.deliveries where message_id = ?")
        .param(lead)
        .query(String.class)
        .list();
  }
}
