package com.callback.messaging.inbox.analytics;

import static org.assertj.core.api.Assertions.assertThat;

import com.callback.messaging.support.ApiCaller;
import com.callback.messaging.support.Service;
import com.callback.messaging.support.Service.Business;
import com.callback.messaging.support.ServiceTest;
import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.apache.camel.ProducerTemplate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** The list finds as many leads as analytics have counted. */
@ServiceTest
class AnalyticsLeadToLeadsTest {

  @Autowired Service service;
  @Autowired ProducerTemplate camel;

  private Business business;
  private ApiCaller owner;

  @BeforeEach
  void leads_of_a_day() {
    business = service.businessWithoutChannels();
    owner = new ApiCaller(service, service.session(business, "owner"));
    service
        .database()
        .sql(
            """
            insert into public.messages (id, funnel_id, business_id, contact_name, due_at, acknowledged_at, archived_at, assigned_to, call_outcome,
              metadata, created_at, updated_at)
            select gen_random_uuid(), :funnel, :business, 'Ada', at + interval '1 hour',
              case n % 4 when 0 then at + interval '10 minutes' when 1 then at + interval '2 hours' end,
              case n % 8 when 2 then at + interval '20 minutes' when 3 then at + interval '3 hours' end,
              case when n % 3 > 0 then cast(md5('member ' || n % 3) as uuid) end, (array['booked', 'voicemail', null])[1 + n % 3],
              case n % 5 when 0 then '{}' when 1 then '{"form": {"utm_source": "Flyer"}}' when 2 then '{"utm_source": 7}'
                else jsonb_build_object('utm_source', 'o''neil %L "$1"', 'utm_campaign', '50% off') end, at, at
            from generate_series(1, 60) n
            cross join lateral (select timestamptz '2024-05-06T08:00:00Z' + n * interval '5 minutes' as at) moment
            """)
        .param("funnel", business.funnel())
        .param("business", business.id())
        .update();
  }

  @Test
  void each_number_is_that_of_a_filter_of_the_list() {
    var figures = ask("/api/analytics?from=2024-05-06&to=2024-05-06&interval=month");
    camel.sendBody("direct:refresh-analytics", null);
    assertThat(ask("/api/analytics?from=2024-05-06&to=2024-05-06&interval=month"))
        .as("stored, and counted while one asks")
        .isEqualTo(figures);
    assertThat(figures.at("/intervals/0/from").asText()).isEqualTo("2024-05-06");
    assertThat(figures.at("/intervals/0/received").asInt()).isEqualTo(60);
    assertThat(figures.at("/total/slaMet").asInt()).isEqualTo(15).isEqualTo(found("sla", "met"));
    // Those that were archived within the hour without being acknowledged are neither.
    assertThat(figures.at("/total/slaMissed").asInt())
        .isEqualTo(60 - 15 - 8)
        .isEqualTo(found("sla", "missed"));
    assertThat(figures.get("missedByHour")).hasSize(24);
    assertThat(figures.get("missedByHour").get(8).asInt()).isPositive();
    assertThat(figures.get("outcomes")).hasSize(3);
    isFound(figures, "outcomes", "outcome", "outcome", "none");
    isFound(figures, "members", "memberId", "assignee", "nobody");
    assertThat(figures.get("sources")).hasSize(4);
    isFound(figures, "sources", "source", "source", null);
    isFound(figures, "campaigns", "campaign", "campaign", null);
  }

  @Test
  void a_filter_that_is_none_is_refused_by_its_name() {
    for (var wrong : new String[] {"sla=late", "outcome=happy", "source=" + "x".repeat(101)}) {
      assertThat(
              owner.ask(400, "GET", "/api/messages?" + wrong, null).at("/errors/0/field").asText())
          .isEqualTo(wrong.split("=")[0]);
    }
  }

  @Test
  void a_source_is_found_in_any_case() {
    assertThat(found("source", "FLYER")).isEqualTo(12);
    assertThat(found("source", "nowhere")).isZero();
  }

  private void isFound(JsonNode figures, String part, String key, String filter, String none) {
    for (var each : figures.get(part)) {
      var value = each.get(key).isNull() ? none : each.get(key).asText();
      if (value != null) {
        assertThat(found(filter, value))
            .as("%s %s", part, value)
            .isEqualTo(each.get("received").asInt());
      }
    }
  }

  private int found(String filter, String value) {
    return ask("/api/messages/count?"
            + filter
            + "="
            + URLEncoder.encode(value, StandardCharsets.UTF_8))
        .get("count")
        .asInt();
  }

  private JsonNode ask(String address) {
    return owner.ask(200, "GET", address, null);
  }
}
