package com.callback.messaging.inbox.analytics;

import static org.assertj.core.api.Assertions.assertThat;

import com.callback.messaging.support.ApiCaller;
import com.callback.messaging.support.MovableClock;
import com.callback.messaging.support.Service;
import com.callback.messaging.support.Service.Business;
import com.callback.messaging.support.ServiceTest;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.camel.ProducerTemplate;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

/**
 * The answer is what a plain statement over the leads tells, which counts each lead by itself:
 * whatever was stored, and whatever has changed since.
 */
@ServiceTest
class AnalyticsAreExactTest {

  private static final String FIGURES =
      """
      with lead as materialized (
        select m.*, cast(m.created_at at time zone :zone as date) as day,
          cast(floor(extract(epoch from m.acknowledged_at - m.created_at)) as integer) as to_acknowledge,
          messaging.business_seconds(clock.hours, :zone, m.created_at, m.acknowledged_at) as to_acknowledge_open,
          cast(floor(extract(epoch from m.responded_at - m.created_at)) as integer) as to_respond,
          messaging.business_seconds(clock.hours, :zone, m.created_at, m.responded_at) as to_respond_open,
          btrim(lower(coalesce(m.metadata ->> 'utm_source', m.metadata #>> '{form,utm_source}'))) as source,
          lower(coalesce(m.metadata ->> 'utm_campaign', m.metadata #>> '{form,utm_campaign}')) as campaign,
          m.quarantined_at is null as counts
        from public.messages m
        cross join messaging.business_clock(m.business_id) clock
        where m.business_id = :business and m.type = 'callback_request'
          and cast(m.created_at at time zone :zone as date) between cast(:from as date) and cast(:to as date)
      ),
      counted as (
        select key, timed, count(*) filter (where counts) as received, count(*) filter (where not counts) as held,
          count(acknowledged_at) filter (where counts) as acknowledged, count(responded_at) filter (where counts) as responded,
          count(*) filter (where counts and (email_sent_at is not null or sms_sent_at is not null)) as notified,
          count(*) filter (where counts and coalesce(call_outcome, case when responded_at is not null then 'booked' end)
            in ('reached', 'booked', 'not_interested')) as reached,
          count(*) filter (where counts and acknowledged_at <= due_at) as met,
          count(*) filter (where counts and due_at < coalesce(acknowledged_at, archived_at, cast(:now as timestamptz))) as missed,
          percentile_disc(array[0.5, 0.9]) within group (order by to_acknowledge)
            filter (where counts and acknowledged_at is not null) as a,
          percentile_disc(array[0.5, 0.9]) within group (order by to_acknowledge_open)
            filter (where counts and acknowledged_at is not null) as ao,
          percentile_disc(array[0.5, 0.9]) within group (order by to_respond) filter (where counts and responded_at is not null) as r,
          percentile_disc(array[0.5, 0.9]) within group (order by to_respond_open)
            filter (where counts and responded_at is not null) as ro
        from lead
        cross join lateral (values
          ('total', true), ('day ' || day, true), ('funnel ' || coalesce(cast(funnel_id as text), 'null'), true), ('priority ' || priority, true),
          ('member ' || coalesce(cast(assigned_to as text), 'null'), true), ('source ' || coalesce(source, 'null'), false),
          ('campaign ' || coalesce(campaign, 'null'), false), ('outcome ' || coalesce(call_outcome, 'null'), false),
          ('week ' || greatest(cast(date_trunc('week', cast(day as timestamp)) as date), cast(:from as date)), true)) k (key, timed)
        group by key, timed
      )
      select key, jsonb_build_object('received', received, 'held', held, 'notified', notified, 'acknowledged', acknowledged,
          'responded', responded, 'reached', reached, 'slaMet', met, 'slaMissed', missed,
          'acknowledgementRate', round(acknowledged / nullif(received, 0.0), 4))
        || case when timed then jsonb_build_object(
          'secondsToAcknowledge', jsonb_build_object('median', a[1], 'p90', a[2], 'medianOpen', ao[1], 'p90Open', ao[2]),
          'secondsToRespond', jsonb_build_object('median', r[1], 'p90', r[2], 'medianOpen', ro[1], 'p90Open', ro[2])) else '{}' end
      from counted
      where received > 0 or key !~ '^(member|source|campaign|outcome) '
      """;

  @Autowired Service service;
  @Autowired ProducerTemplate camel;
  @Autowired MovableClock clock;

  private Business business;
  private ApiCaller owner;
  private String zone;

  @ParameterizedTest
  @ValueSource(
      strings = {"Europe/Berlin", "America/St_Johns", "Australia/Lord_Howe", "Asia/Kathmandu"})
  void an_answer_is_what_a_statement_over_the_leads_tells(String zone) {
    this.zone = zone;
    business = service.businessWithoutChannels();
    owner = new ApiCaller(service, service.session(business, "owner"));
    owner.ask(200, "PATCH", "/api/settings", Map.of("timeZone", zone));
    leads(Instant.parse("2024-04-16T12:00:00Z"), 47 * 86_400, 150);
    leads(Instant.now(), 4 * 86_400, 50);
    everyAnswerIsExact();

    var changes =
        List.of(
            "update public.messages set acknowledged_at = least(created_at + interval '1:02:03', date_trunc('second', now()))",
            "update public.messages set responded_at = least(created_at + interval '40:05:06', date_trunc('second', now()))",
            "update public.messages set acknowledged_at = null, responded_at = null",
            "update public.messages set priority = 'urgent', due_at = created_at + interval '5 minutes'",
            "update public.messages set quarantined_at = created_at",
            "update public.messages set created_at = created_at - interval '11 hours'",
            "update public.messages set funnel_id = null, assigned_to = null, call_outcome = 'booked', metadata = '{\"utm_source\": \"Flyer\"}'",
            "delete from public.messages");
    for (var each = 0; each < changes.size(); each++) {
      ofTenth(each, changes.get(each));
    }
    everyAnswerIsExact();
    owner.ask(200, "POST", "/api/contacts/erase", Map.of("phone", "+61491570009"));
    everyAnswerIsExact();
    // Deadlines that were ahead of everybody are over.
    clock.advance(Duration.ofHours(20));
    everyAnswerIsExact();
  }

  private void everyAnswerIsExact() {
    for (var stored : new boolean[] {false, true}) {
      if (stored) {
        camel.sendBody("direct:refresh-analytics", null);
      }
      var today = LocalDate.now(ZoneId.of(zone));
      // The clock changes in these days wherever it does.
      isExact("2024-03-01", "2024-04-15");
      isExact(today.minusDays(29).toString(), today.toString());
    }
  }

  private void isExact(String from, String to) {
    var answer =
        owner.ask(200, "GET", "/api/analytics?interval=week&from=" + from + "&to=" + to, null);
    var figures = new TreeMap<String, JsonNode>();
    figures.put("total", answer.get("total"));
    add(figures, answer.get("days"), "day", "day");
    add(figures, answer.get("funnels"), "funnel", "funnelId");
    add(figures, answer.get("priorities"), "priority", "priority");
    for (var each : List.of("source", "campaign", "outcome")) {
      add(figures, answer.get(each + "s"), each, each);
    }
    add(figures, answer.get("members"), "member", "memberId");
    add(figures, answer.get("intervals"), "week", "from");
    assertThat(figures).isEqualTo(direct(from, to));
  }

  /** Adds the parts that had something to count. */
  private static void add(Map<String, JsonNode> figures, JsonNode parts, String name, String key) {
    for (var part : parts) {
      if (part.get("received").asInt() + part.get("held").asInt() > 0) {
        var counted = ((ObjectNode) part).deepCopy();
        counted.remove(List.of("name", "to"));
        figures.put(name + " " + counted.remove(key).asText(), counted);
      }
    }
  }

  private Map<String, JsonNode> direct(String from, String to) {
    var figures = new TreeMap<String, JsonNode>();
    service
        .database()
        .sql(FIGURES)
        .param("zone", zone)
        .param("business", business.id())
        .param("from", from)
        .param("to", to)
        .param("now", Timestamp.from(clock.instant()))
        .query(
            row -> {
              figures.put(row.getString(1), service.json(row.getString(2)));
            });
    return figures;
  }

  /** Leads at moments before this one, by chance but the same each time. */
  private void leads(Instant until, int seconds, int many) {
    service
        .database()
        .sql(
            """
            insert into public.messages (id, funnel_id, business_id, contact_name, contact_phone, contact_phone_e164, priority,
              quarantined_at, acknowledged_at, responded_at, archived_at, due_at, email_sent_at, assigned_to, call_outcome, metadata, created_at,
              updated_at)
            select gen_random_uuid(), :funnel, :business, 'Ada', '+6149157000' || n % 10, '+6149157000' || n % 10,
              (array['urgent', 'high', 'medium', 'medium', 'low'])[1 + n % 5], case when n % 17 = 0 then at end,
              case when n % 3 > 0 then least(at + make_interval(secs => floor(power(10, 1 + (n * 7 % 100) / 25.0))), date_trunc('second', now())) end,
              case when n % 4 > 1 then least(at + make_interval(secs => floor(power(10, 2 + (n * 11 % 100) / 25.0))), date_trunc('second', now())) end,
              case when n % 13 = 0 then least(at + interval '50 minutes', now()) end, at + make_interval(mins => n % 9 * 400), case when n % 6 > 0 then at end,
              case when n % 4 > 0 then cast(md5('member ' || n % 4) as uuid) end,
              (array['reached', 'voicemail', 'not_interested', null, null])[1 + n % 5],
              case n % 3 when 0 then '{}' when 1 then jsonb_build_object('utm_source', ' Google', 'utm_campaign', 'c' || n % 7)
                else jsonb_build_object('form', jsonb_build_object('utm_source', 'newsletter')) end, at, at
            from (
              select n, date_trunc('second', cast(:until as timestamptz)) - make_interval(secs => n * 7919 % :seconds) as at
              from generate_series(1, :many) n
            ) chance
            """)
        .param("funnel", business.funnel())
        .param("business", business.id())
        .param("until", until.toString())
        .param("seconds", seconds)
        .param("many", many)
        .update();
  }

  /**
   * Changes a tenth of the leads, those whose number ends so, at the time of the service, which
   * other tests have moved: by that it is decided whether the day of a lead may be stored already.
   */
  private void ofTenth(int last, String statement) {
    service
        .database()
        .sql(
            statement.replaceFirst(" set ", " set updated_at = :now, ")
                + " where business_id = :business and contact_phone_e164 like '%' || :last")
        .param("now", Timestamp.from(clock.instant()))
        .param("business", business.id())
        .param("last", String.valueOf(last))
        .update();
  }
}
