package com.callback.messaging.delivery.digest;

import com.callback.messaging.delivery.engine.Delivery;
import com.callback.messaging.intake.submission.Reference;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
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

  private final DigestUnsubscribe unsubscribe;
  private final String currency;

  DigestModel(DigestUnsubscribe unsubscribe, @Value("${channels.sms.currency}") String currency) {
    this.unsubscribe = unsubscribe;
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
    count(model, "received", figures);
    count(model, "waiting", figures);
    count(model, "quarantined", figures);
    var since = figures.path("quarantinedSince");
    model.put(
        "quarantinedSince",
        since.isTextual()
            ? delivery.localTime(OffsetDateTime.parse(since.asText()).toInstant())
            : "");
    for (var fate : List.of("owed", "reached", "onItsWay", "undelivered", "cancelled")) {
      count(model, fate, figures);
    }
    count(model, "smsMessages", figures);
    count(model, "smsParts", figures);
    model.put("smsCost", figures.path("smsCost").asText("0"));
    model.put("currency", currency);
    var leads = leads(delivery);
    model.put("leads", leads);
    var more = figures.path("listed").asInt() - leads.size();
    model.put("more", more > 0 ? (Object) more : false);
    model.put("unsubscribeLink", unsubscribe.link(delivery));
    return model;
  }

  private static void count(Map<String, Object> model, String name, JsonNode figures) {
    var count = figures.path(name).asInt();
    model.put(name, count);
    model.put("has" + name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1), count > 0);
  }

  /** Whether it covers more than its day or week, as after a pause of the service. */
  private static boolean isLate(JsonNode figures) {
    var first = LocalDate.parse(figures.path("firstDay").asText());
    var last = LocalDate.parse(figures.path("lastDay").asText());
    return last.isAfter(first.plusDays(figures.path("kind").asText().equals("weekly") ? 7 : 1));
  }

  private static String label(JsonNode figures) {
    var first = LocalDate.parse(figures.path("firstDay").asText());
    var last = LocalDate.parse(figures.path("lastDay").asText());
    return first.equals(last)
        ? DAY.format(last)
        : SHORT.format(first) + " to " + SHORT.format(last);
  }

  private static List<Map<String, Object>> leads(Delivery delivery) {
    return StreamSupport.stream(delivery.payload().path("leads").spliterator(), false)
        .map(lead -> lead(lead, delivery))
        .toList();
  }

  private static Map<String, Object> lead(JsonNode lead, Delivery delivery) {
    var received = OffsetDateTime.parse(lead.path("createdAt").asText()).toInstant();
    return Map.of(
        "name", lead.path("name").asText(""),
        "contact", lead.path("contact").asText(""),
        "funnel", lead.path("funnel").asText(""),
        "receivedAt", delivery.localTime(received),
        "waiting", lead.path("waiting").asBoolean(),
        "reference", Reference.of(UUID.fromString(lead.path("id").asText())));
  }
}
