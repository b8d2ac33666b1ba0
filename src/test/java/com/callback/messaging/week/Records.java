package com.callback.messaging.week;

import com.callback.messaging.support.Service;
import com.fasterxml.jackson.databind.JsonNode;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;

/**
 * What the service has recorded of a week since the look before: events of leads, notifications
 * that wait or were cancelled, caught mails and SMS, and digests. Each record is a line that is the
 * same in every run: without dates, ids, references and addresses.
 */
final class Records {

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("EEE HH:mm xxx", Locale.ENGLISH);
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("d MMMM", Locale.ENGLISH);
  private static final DateTimeFormatter WEEKDAY =
      DateTimeFormatter.ofPattern("EEEE", Locale.ENGLISH);
  private static final Pattern DATE_AFTER_DAY =
      Pattern.compile("(?<=[A-Z][a-z]{2}) \\d{1,2} [A-Z][a-z]{2}\\b");
  private static final Pattern REFERENCE =
      Pattern.compile(",? ?(?:ref )?\\(?[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}\\)?");

  private final Service service;
  private final Week week;
  private final Map<String, String> names = new LinkedHashMap<>();
  private final Set<String> reported = new HashSet<>();
  private long lastEvent;
  private long lastCaught;

  Records(Service service, Week week) {
    this.service = service;
    this.week = week;
    lastCaught = week.business.caughtBefore();
    var members = Map.of("Sam", week.sam, "Kim", week.kim, "Robin", week.robin);
    members.forEach(
        (name, member) -> {
          names.put(member.email(), name);
          names.put(member.id().toString(), name);
          if (week.phones.containsKey(member.email())) {
            names.put(week.phones.get(member.email()), name);
          }
        });
    names.put(week.business.email(), "the business");
    names.put(week.business.phone(), "the business");
  }

  /** The lines since the last look, in the order in which a reader understands them. */
  List<String> lines() {
    var lines = new ArrayList<Line>();
    events(lines);
    notifications(lines);
    caught(lines);
    digests(lines);
    absences(lines);
    return lines.stream()
        .sorted(Comparator.comparingInt(Line::rank).thenComparing(Line::text))
        .map(Line::text)
        .toList();
  }

  private void events(List<Line> lines) {
    var events =
        service
            .database()
            .sql(
                """
                select e.id, e.type, e.data::text as data, m.contact_name as lead, m.type as kind, m.priority, m.due_at, m.preferred_from
                from messaging.message_events e join public.messages m on m.id = e.message_id
                where e.business_id = ? and e.id > ? order by e.id
                """)
            .params(week.business.id(), lastEvent)
            .query()
            .listOfRows();
    for (var event : events) {
      lastEvent = Math.max(lastEvent, (Long) event.get("id"));
      var line = event(event, service.json((String) event.get("data")));
      if (line != null) {
        lines.add(line);
      }
    }
  }

  private Line event(Map<String, Object> event, JsonNode data) {
    var lead = "**" + event.get("lead") + "**";
    var by = named(data.path("by").asText());
    return switch ((String) event.get("type")) {
      case "message.created" ->
          event.get("kind").equals("reminder")
              ? new Line(1, "The inbox shows a reminder of " + lead)
              : new Line(0, created(lead, event));
      case "message.assigned" ->
          new Line(
              2,
              "%s is assigned to %s: %s"
                  .formatted(
                      lead, named(data.path("to").asText()), data.path("explanation").asText()));
      case "message.escalation_step", "message.escalated" ->
          new Line(
              3,
              "Escalation of %s, step %s of %s: notifies %s by %s"
                  .formatted(
                      lead,
                      data.path("step"),
                      data.path("of"),
                      list(data.path("members")),
                      list(data.path("channels"))));
      case "message.overdue" ->
          new Line(3, lead + " is overdue: notifies " + list(data.path("members")));
      case "message.acknowledged" -> new Line(4, lead + " is acknowledged: " + by);
      case "message.called" ->
          new Line(
              4,
              "%s called %s: %s%s"
                  .formatted(
                      by, lead, data.path("outcome").asText().replace('_', ' '), until(data)));
      case "message.snoozed" -> new Line(4, by + " puts " + lead + " off" + until(data));
      case "message.responded" -> new Line(5, lead + " is responded");
      case "message.archived" ->
          event.get("kind").equals("reminder")
              ? new Line(6, "The inbox no longer shows the reminder of " + lead)
              : new Line(6, lead + " is archived");
      default -> null;
    };
  }

  private String created(String lead, Map<String, Object> event) {
    return "%s asks to be called%s (%s): call by %s"
        .formatted(
            lead,
            event.get("preferred_from") == null
                ? ""
                : " from " + time(moment(event.get("preferred_from"))),
            event.get("priority"),
            time(moment(event.get("due_at"))));
  }

  private static String until(JsonNode data) {
    return data.hasNonNull("callAgainAt")
        ? ", until " + time(Instant.parse(data.get("callAgainAt").asText()))
        : "";
  }

  /** Those that wait for the end of the quiet hours, and those that are not sent after all. */
  private void notifications(List<Line> lines) {
    var rows =
        service
            .database()
            .sql(
                """
                select d.id, d.channel, d.member_id, d.state, d.next_attempt_at, d.last_error, m.contact_name as lead
                from messaging.deliveries d join public.messages m on m.id = d.message_id
                where d.business_id = ? and (d.state = 'cancelled' or d.state in ('held', 'pending') and d.next_attempt_at > ?)
                """)
            .params(week.business.id(), Timestamp.from(week.now()))
            .query()
            .listOfRows();
    var waiting = new LinkedHashMap<String, Set<String>>();
    for (var row : rows) {
      if (reported.add(row.get("id") + " " + row.get("state"))) {
        var what =
            "%s to %s"
                .formatted(
                    channel((String) row.get("channel")),
                    row.get("member_id") == null
                        ? "the business"
                        : named(((UUID) row.get("member_id")).toString()));
        if (row.get("state").equals("cancelled")) {
          lines.add(
              new Line(
                  7,
                  "%s about **%s** is cancelled: %s"
                      .formatted(
                          what,
                          row.get("lead"),
                          ((String) row.get("last_error")).replaceFirst("^Not sent: ", ""))));
        } else {
          waiting
              .computeIfAbsent(
                  "about **%s** until %s"
                      .formatted(row.get("lead"), time(moment(row.get("next_attempt_at")))),
                  none -> new TreeSet<>())
              .add(what);
        }
      }
    }
    waiting.forEach(
        (about, what) ->
            lines.add(new Line(3, "Quiet hours defer " + String.join(", ", what) + " " + about)));
  }

  private void caught(List<Line> lines) {
    var rows =
        service
            .database()
            .sql(
                "select id, channel, recipient, subject, body from messaging.sandbox_messages where id > ? and channel in ('email', 'sms') order by id")
            .param(lastCaught)
            .query()
            .listOfRows();
    for (var row : rows) {
      lastCaught = Math.max(lastCaught, (Long) row.get("id"));
      var whom = names.get((String) row.get("recipient"));
      if (whom != null) {
        var text =
            row.get("channel").equals("email")
                ? (String) row.get("subject")
                : ((String) row.get("body")).lines().findFirst().orElse("");
        lines.add(
            new Line(8, channel((String) row.get("channel")) + " to " + whom + ": " + plain(text)));
      }
    }
  }

  private void digests(List<Line> lines) {
    var rows =
        service
            .database()
            .sql(
                """
                select r.kind, r.period, r.period_start, r.period_end, d.payload::text as payload
                from messaging.digest_runs r
                left join messaging.deliveries d on d.business_id = r.business_id and d.cause = 'digest' and d.period = r.kind || ':' || r.period
                where r.business_id = ? order by r.period_end, r.kind
                """)
            .param(week.business.id())
            .query()
            .listOfRows();
    for (var row : rows) {
      if (reported.add(row.get("kind") + " " + row.get("period"))) {
        var begins = moment(row.get("period_start"));
        var ends = moment(row.get("period_end"));
        lines.add(
            new Line(
                9,
                "The %s digest covers %s to %s, %s hours: %s"
                    .formatted(
                        row.get("kind"),
                        time(begins),
                        time(ends),
                        Duration.between(begins, ends).toHours(),
                        row.get("payload") == null
                            ? "nothing to report, and no mail"
                            : numbers(service.json((String) row.get("payload"))))));
      }
    }
  }

  private void absences(List<Line> lines) {
    var rows =
        service
            .database()
            .sql("select member_id, ends_at from messaging.absences where business_id = ?")
            .param(week.business.id())
            .query()
            .listOfRows();
    for (var row : rows) {
      if (reported.add("away " + row.get("member_id"))) {
        lines.add(
            new Line(
                4,
                "%s is away until %s"
                    .formatted(
                        named(row.get("member_id").toString()), time(moment(row.get("ends_at"))))));
      }
    }
  }

  private static String numbers(JsonNode digest) {
    var waiting =
        StreamSupport.stream(digest.path("leads").spliterator(), false)
            .map(each -> each.path("name").asText())
            .toList();
    return "%s received, %s called back (%s in time), waiting: %s"
        .formatted(
            digest.path("received"),
            digest.path("answered"),
            digest.path("answeredInTime"),
            waiting.isEmpty() ? "nobody" : String.join(", ", waiting));
  }

  private static String channel(String name) {
    return name.equals("email") ? "E-mail" : name.toUpperCase(Locale.ROOT);
  }

  private String list(JsonNode values) {
    return String.join(
        ", ",
        new TreeSet<>(
            StreamSupport.stream(values.spliterator(), false)
                .map(each -> named(each.asText()))
                .toList()));
  }

  /** A text of a notification, with weekdays in place of dates. */
  private String plain(String text) {
    var plain = REFERENCE.matcher(named(text)).replaceAll("");
    plain = DATE_AFTER_DAY.matcher(plain).replaceAll("");
    for (var day = -8; day <= 8; day++) {
      var date = ZonedDateTime.ofInstant(week.now(), Week.SYDNEY).plusDays(day);
      plain = plain.replaceAll("\\b" + DATE.format(date) + "\\b", WEEKDAY.format(date));
    }
    return plain;
  }

  private String named(String text) {
    var named = text;
    for (var each : names.entrySet()) {
      named = named.replace(each.getKey(), each.getValue());
    }
    return named;
  }

  /** A time as the business reads it, such as "Sun 02:58 +11:00". */
  static String time(Instant moment) {
    return TIME.format(ZonedDateTime.ofInstant(moment, Week.SYDNEY));
  }

  private static Instant moment(Object column) {
    return ((Timestamp) column).toInstant();
  }

  /**
   * A line.
   *
   * @param rank lines of one moment stand in this order
   */
  private record Line(int rank, String text) {}
}
