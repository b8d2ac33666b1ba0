package com.callback.messaging.delivery.digest;

import com.callback.messaging.delivery.engine.Delivery;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * A digest as templates name its parts. The figures were taken when its period closed and stand in
 * the payload.
 */
@Component
public class DigestModel {

  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("EEEE d MMMM", Locale.ENGLISH);
  private static final DateTimeFormatter SHORT =
      DateTimeFormatter.ofPattern("d MMMM", Locale.ENGLISH);
  private static final List<String> COUNTS =
      List.of(
          "received",
          "waiting",
          "overdue",
          "answered",
          "answeredInTime",
          "owed",
          "reached",
          "onItsWay",
          "undelivered",
          "cancelled",
          "smsMessages",
          "smsParts",
          "quarantined");

  private final DigestUnsubscribe unsubscribe;
  private final WaitingLeads waitingLeads;
  private final ChannelProblems channelProblems;
  private final String currency;

  DigestModel(
      DigestUnsubscribe unsubscribe,
      WaitingLeads waitingLeads,
      ChannelProblems channelProblems,
      @Value("${channels.sms.currency}") String currency) {
    this.unsubscribe = unsubscribe;
    this.waitingLeads = waitingLeads;
    this.channelProblems = channelProblems;
    this.currency = currency;
  }

  /** The name of the digest's templates: {@code digest-daily} or {@code digest-weekly}. */
  public String templateOf(Delivery delivery) {
    return "digest-" + delivery.payload().path("kind").asText();
  }

  /** The model of a digest. */
  public Map<String, Object> of(Delivery delivery) {
    var figures = delivery.payload();
    var model = new LinkedHashMap<String, Object>();
    model.put("business", delivery.business().path("name").asText(""));
    model.put("periodLabel", label(figures));
    model.put("isLate", isLate(figures));
    model.put("inboxLink", waitingLeads.inboxLink());
    model.put("unsubscribeLink", unsubscribe.link(delivery));
    for (var count : COUNTS) {
      count(model, count, figures);
    }
    var leads = waitingLeads.of(delivery);
    model.put("leads", leads);
    model.put("more", Math.max(0, figures.path("waiting").asInt() - leads.size()));
    model.put("hasBefore", figures.path("receivedBefore").isNumber());
    model.put("receivedBefore", figures.path("receivedBefore").asInt());
    model.put("before", before(figures));
    model.put(
        "medianTime",
        spoken(Duration.ofSeconds(Math.round(figures.path("medianSeconds").asDouble()))));
    model.put("smsCost", figures.path("smsCost").asText("0"));
    model.put("currency", currency);
    var problems = channelProblems.of(delivery);
    model.put("problems", problems);
    var since = moment(figures, "quarantinedSince");
    model.put("quarantinedSince", since == null ? "" : delivery.localTime(since));
    var silent = silent(delivery);
    model.put("silent", silent);
    model.put(
        "isEmpty",
        Stream.of("received", "waiting", "answered", "quarantined")
                .allMatch(each -> model.get(each).equals(0))
            && problems.isEmpty()
            && silent.isEmpty());
    return model;
  }

  private static void count(Map<String, Object> model, String name, JsonNode figures) {
    var count = figures.path(name).asInt();
    model.put(name, count);
    model.put("has" + name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1), count > 0);
  }

  private static List<Map<String, Object>> silent(Delivery delivery) {
    return StreamSupport.stream(delivery.payload().path("silent").spliterator(), false)
        .map(
            funnel ->
                Map.<String, Object>of(
                    "title", funnel.path("title").asText(""),
                    "silentSince", delivery.localTime(moment(funnel, "since")),
                    "expected", funnel.path("expected").asInt()))
        .toList();
  }

  private static Instant moment(JsonNode node, String field) {
    var text = node.path(field).textValue();
    return text == null ? null : OffsetDateTime.parse(text).toInstant();
  }

  /** Whether it covers more than its day or week, as after a pause of the service. */
  private static boolean isLate(JsonNode figures) {
    return last(figures).isAfter(first(figures).plusDays(isWeekly(figures) ? 7 : 1));
  }

  private static String before(JsonNode figures) {
    if (isLate(figures)) {
      return "in as many days before";
    }
    return isWeekly(figures) ? "the week before" : "the day before";
  }

  private static boolean isWeekly(JsonNode figures) {
    return figures.path("kind").asText().equals("weekly");
  }

  private static String label(JsonNode figures) {
    var first = first(figures);
    var last = last(figures);
    return first.equals(last)
        ? DAY.format(last)
        : SHORT.format(first) + " to " + SHORT.format(last);
  }

  private static LocalDate first(JsonNode figures) {
    return LocalDate.parse(figures.path("firstDay").asText());
  }

  private static LocalDate last(JsonNode figures) {
    return LocalDate.parse(figures.path("lastDay").asText());
  }

  /** Its two largest units: days and hours, hours and minutes, or minutes. */
  private static String spoken(Duration time) {
    if (time.toMinutes() < 1) {
      return "less than a minute";
    }
    if (time.toHours() < 1) {
      return time.toMinutes() + " min";
    }
    return time.toDays() < 1
        ? time.toHours() + " h " + time.toMinutesPart() + " min"
        : time.toDays() + " d " + time.toHoursPart() + " h";
  }
}
