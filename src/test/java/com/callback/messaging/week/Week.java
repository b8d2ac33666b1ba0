package com.callback.messaging.week;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.callback.messaging.delivery.channel.sms.ReceivedSms;
import com.callback.messaging.support.MovableClock;
import com.callback.messaging.support.PersonCaller;
import com.callback.messaging.support.Service;
import com.callback.messaging.support.Service.Business;
import java.net.http.HttpRequest.BodyPublishers;
import java.sql.Timestamp;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.TemporalAdjusters;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.apache.camel.ProducerTemplate;

/**
 * The week around the Sunday on which the clocks of Sydney go back, of a business with three
 * members. The time of the service stands still at each moment, until all that was due has been
 * done.
 */
final class Week {

  static final ZoneId SYDNEY = ZoneId.of("Australia/Sydney");

  private static final List<String> TASKS =
      List.of("assign-leads", "escalate-leads", "notify-of-new-leads", "end-quiet-hours");

  private static final String SETTINGS =
      """
      {'businessHours': [
         {'weekday': 1, 'opens': '09:00', 'closes': '17:00'}, {'weekday': 2, 'opens': '09:00', 'closes': '17:00'},
         {'weekday': 3, 'opens': '09:00', 'closes': '17:00'}, {'weekday': 4, 'opens': '09:00', 'closes': '17:00'},
         {'weekday': 5, 'opens': '09:00', 'closes': '17:00'}, {'weekday': 6, 'opens': '09:00', 'closes': '17:00'},
         {'weekday': 7, 'opens': '17:00', 'closes': '20:00'}],
       'quietHours': {'mode': 'closed', 'spans': [], 'urgentBreaksThrough': true}}
      """;

  private static final String RULES =
      """
      {'items': [{'funnelId': null, 'rule': 'on_duty', 'fallback': 'owners', 'reassignAfterMinutes': 45}]}
      """;

  private static final String URGENT =
      """
      {'name': 'Urgent', 'priorities': ['urgent'], 'repeats': 0, 'repeatAfter': 15, 'steps': [
         {'after': 0, 'notify': ['assignee'], 'channels': ['email']},
         {'after': 5, 'notify': ['assignee'], 'channels': ['sms']},
         {'after': 15, 'notify': ['everyone'], 'channels': ['email']}]}
      """;

  private static final String OTHERS =
      """
      {'name': 'Others', 'openHoursOnly': true, 'repeats': 0, 'steps': [
         {'after': 40, 'notify': ['assignee'], 'channels': ['email']},
         {'after': 70, 'notify': ['owners'], 'channels': ['email', 'sms']}]}
      """;

  private static final Pattern LINK = Pattern.compile("/a/[\\w-]{46}(?![\\w-])");

  final Business business;
  final PersonCaller sam;
  final PersonCaller kim;
  final PersonCaller robin;
  final Map<String, String> phones = new HashMap<>();

  private final Service service;
  private final MovableClock clock;
  private final ProducerTemplate routes;
  private final ZonedDateTime sunday;
  private final Map<String, UUID> leads = new HashMap<>();

  Week(Service service, MovableClock clock, ProducerTemplate routes, PersonCaller.Crowd people) {
    this.service = service;
    this.clock = clock;
    this.routes = routes;
    clock.stop();
    sunday = clocksGoBack(clock.instant().plus(Duration.ofDays(5)));
    clock.advanceTo(sunday.minusDays(4).with(LocalTime.of(18, 0)).toInstant());
    business = service.businessWithoutChannels();
    sam = people.member(business, "owner");
    kim = people.member(business, "agent");
    robin = people.member(business, "agent");
  }

  /** Midnight at the beginning of the next day that has 25 hours. */
  private static ZonedDateTime clocksGoBack(Instant after) {
    var rules = SYDNEY.getRules();
    var transition = rules.nextTransition(after);
    while (!transition.isOverlap()) {
      transition = rules.nextTransition(transition.getInstant());
    }
    return transition.getInstant().atZone(SYDNEY).toLocalDate().atStartOfDay(SYDNEY);
  }

  /** A day of the week: from Wednesday before the Sunday to the Wednesday after it. */
  ZonedDateTime on(DayOfWeek day, String time) {
    var adjuster =
        day.getValue() >= DayOfWeek.THURSDAY.getValue()
            ? TemporalAdjusters.previousOrSame(day)
            : TemporalAdjusters.next(day);
    return sunday.with(adjuster).with(LocalTime.parse(time));
  }

  /** Moves the time on, and waits until all that is due by then has been done. */
  void passesUntil(ZonedDateTime moment) {
    assertThat(moment.toInstant()).as("The time only goes on").isAfterOrEqualTo(clock.instant());
    clock.advanceTo(moment.toInstant());
    settle();
  }

  Instant now() {
    return clock.instant();
  }

  void settle() {
    for (var kind : List.of("daily", "weekly")) {
      routes.requestBodyAndHeaders("direct:open-digests", "", Map.of("kind", kind, "at", "08:00"));
    }
    await()
        .until(
            () -> {
              TASKS.forEach(task -> routes.request("direct:" + task, each -> {}));
              return isSettled();
            });
  }

  private boolean isSettled() {
    return service
        .database()
        .sql(
            """
            select not exists (select from messaging.event_readers r join messaging.message_events e on e.business_id = r.business_id
                where r.business_id = :business
                  and case r.reader when 'escalation' then e.tx >= r.tx else (e.tx, e.id) > (r.tx, r.event_id) end)
              and not exists (select from messaging.escalations x where x.business_id = :business and x.next_at <= :now)
              and not exists (select from messaging.reminders r where r.business_id = :business and r.at <= :now)
              and not exists (select from messaging.reassignments r where r.business_id = :business and r.due_at <= :now)
              and not exists (select from messaging.deliveries d where d.business_id = :business and (d.state = 'sending'
                or d.state = 'pending' and d.next_attempt_at <= :now or d.held_reason = 'in summary'
                or d.held_reason = 'quiet hours' and d.next_attempt_at <= :now))
            """)
        .param("business", business.id())
        .param("now", Timestamp.from(clock.instant()))
        .query(Boolean.class)
        .single();
  }

  /** Sam's business opens, with all that the week needs. */
  void setUp() {
    service
        .database()
        .sql(
            "insert into messaging.business_settings (business_id, name, time_zone, created_at) values (?, 'Harbour Bikes', ?, ?)")
        .params(business.id(), SYDNEY.getId(), Timestamp.from(clock.instant()))
        .update();
    sam.ask(200, "PATCH", "/api/settings", json(SETTINGS));
    for (var channel : Map.of("email", business.email(), "sms", business.phone()).entrySet()) {
      service
          .database()
          .sql(
              "insert into public.message_channels (business_id, channel_type, config) values (?, ?, jsonb_build_object('to', ?))")
          .params(business.id(), channel.getKey(), channel.getValue())
          .update();
    }
    for (var member : List.of(sam, kim)) {
      var phone = new Business(UUID.randomUUID(), null, null).phone();
      phones.put(member.email(), phone);
      service
          .database()
          .sql(
              "insert into messaging.member_addresses (business_id, user_id, channel, address, confirmed_at, created_at, updated_at) values (?, ?, 'sms', ?, now(), now(), now())")
          .params(business.id(), member.id(), phone)
          .update();
    }
    sam.ask(
        200,
        "PUT",
        "/api/rota",
        Map.of(
            "shifts",
            List.of(
                shift(1, "08:00", "18:00", kim),
                shift(2, "08:00", "18:00", kim),
                shift(3, "08:00", "18:00", kim),
                shift(4, "08:00", "18:00", kim),
                shift(5, "08:00", "18:00", kim),
                shift(6, "08:00", "18:00", robin),
                shift(6, "18:00", "24:00", kim),
                shift(7, "00:00", "24:00", kim)),
            "exceptions",
            List.of()));
    sam.ask(200, "PUT", "/api/assignment-rules", json(RULES));
    sam.ask(201, "POST", "/api/escalation-policies", json(URGENT));
    sam.ask(201, "POST", "/api/escalation-policies", json(OTHERS));
    settle();
  }

  /** A visitor sends the form; what is given besides the name. */
  void lead(String name, Map<String, Object> fields) {
    service.forgetRequests(business);
    var body = new HashMap<String, Object>(fields);
    body.put("contactName", name);
    body.put("contactPhone", "0491 570 006");
    leads.put(name, service.lead(business, body));
    settle();
  }

  /** A member does something with a lead, in the dashboard. */
  void act(PersonCaller who, String method, String lead, String operation, Object body) {
    who.ask(200, method, "/api/messages/" + leads.get(lead) + "/" + operation, body);
    settle();
  }

  void calls(PersonCaller who, String lead, String outcome) {
    act(who, "POST", lead, "call-outcome", Map.of("outcome", outcome));
  }

  /** A member presses the button behind the link in the latest mail to them. */
  void takesByLink(PersonCaller who) {
    var path = LINK.matcher(service.caught(who.email()).get(0).path("body").asText());
    assertThat(path.find()).isTrue();
    var pressed =
        service.send(
            service
                .request(path.group(), "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString("action=take")));
    assertThat(pressed.statusCode()).as(pressed.body()).isEqualTo(303);
    settle();
  }

  /** A member answers the SMS that they got. */
  void answersBySms(PersonCaller who, String text) {
    var sms =
        new ReceivedSms(phones.get(who.email()), null, text, UUID.randomUUID().toString(), null);
    var done = routes.request("direct:receive-reply", each -> each.setVariable("received", sms));
    assertThat(done.getException()).isNull();
    settle();
  }

  void isAway(PersonCaller who, ZonedDateTime until) {
    who.ask(
        200,
        "PUT",
        "/api/members/" + who.id() + "/absence",
        Map.of("until", until.toInstant().toString()));
    settle();
  }

  private static Map<String, Object> shift(
      int weekday, String from, String to, PersonCaller member) {
    return Map.of("weekday", weekday, "from", from, "to", to, "memberId", member.id());
  }

  private Object json(String quoted) {
    return service.json(quoted.replace('\'', '"'));
  }
}
