package com.callback.messaging.delivery.digest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.callback.messaging.support.Service;
import com.callback.messaging.support.Service.Business;
import com.callback.messaging.support.ServiceTest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;

/** The link by which the recipient of a digest ends it. */
@ServiceTest
class DigestUnsubscribeTest {

  private static final Pattern LINK = Pattern.compile("/unsubscribe/[\\w.-]+");

  @Autowired Service service;

  private Business business;

  @BeforeEach
  void a_business() {
    business = service.business();
  }

  @ParameterizedTest
  @CsvSource({"daily, 'daily false, weekly true'", "weekly, 'daily true, weekly false'"})
  void a_press_of_the_link_ends_the_digest_once_and_a_look_at_it_does_not(
      String kind, String expected) {
    var path = linkOfADigest(kind);

    assertThat(service.get(path).body()).contains("<form method=\"post\">", kind + " digest");
    assertThat(summaries()).isEmpty();
    for (int i = 0; i < 2; i++) {
      var response = pressed(path);
      assertThat(response.statusCode()).isEqualTo(200);
      assertThat(response.body()).contains("Unsubscribed").doesNotContain("<form");
    }

    assertThat(summaries()).containsExactly(expected);
    assertThat(
            service
                .database()
                .sql(
                    "select details ->> 'kind' from messaging.audit_entries where business_id = ? and action = 'end-digest'")
                .param(business.id())
                .query(String.class)
                .list())
        .containsExactly(kind);
  }

  @Test
  void a_digest_that_was_ended_leaves_the_other_as_it_is() {
    pressed(linkOfADigest("daily"));
    pressed(linkOfADigest("weekly"));
    assertThat(summaries()).containsExactly("daily false, weekly false");
  }

  @Test
  void a_link_that_was_not_made_here_ends_nothing() {
    var link = linkOfADigest("daily");
    for (var path :
        List.of(
            link.replace("daily", "weekly"),
            link.replace(business.id().toString(), "3f0c2f0e-6f1f-4a53-9a2e-0f7c1f4c9f10"),
            link.substring(0, link.length() - 1),
            "/unsubscribe/x")) {
      assertThat(pressed(path).statusCode()).as(path).isEqualTo(404);
      assertThat(service.get(path).statusCode()).as(path).isEqualTo(404);
    }
    assertThat(summaries()).isEmpty();
  }

  /** What a mail program sends. */
  private HttpResponse<String> pressed(String path) {
    return service.send(
        service
            .request(path, "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString("List-Unsubscribe=One-Click")));
  }

  private String linkOfADigest(String kind) {
    service
        .database()
        .sql(
            """
            insert into messaging.deliveries (business_id, cause, period, channel, target_id, payload, next_attempt_at, created_at, updated_at)
            select business_id, 'digest', ? || ':test', 'email', id,
              jsonb_build_object('kind', ?, 'received', 1, 'leads', '[]'::jsonb, 'firstDay', '2026-11-29', 'lastDay', '2026-11-30'),
              now(), now(), now()
            from public.message_channels where business_id = ? and channel_type = 'email'
            """)
        .params(kind, kind, business.id())
        .update();
    return await()
        .until(
            () ->
                service.caught(business.email()).stream()
                    .map(mail -> LINK.matcher(mail.path("body").asText()))
                    .filter(link -> link.find() && link.group().contains(kind))
                    .map(link -> link.group())
                    .findFirst()
                    .orElse(null),
            link -> link != null);
  }

  private List<String> summaries() {
    return service
        .database()
        .sql(
            "select 'daily ' || email_daily_summary || ', weekly ' || email_weekly_summary from public.notification_preferences where business_id = ?")
        .param(business.id())
        .query(String.class)
        .list();
  }
}
