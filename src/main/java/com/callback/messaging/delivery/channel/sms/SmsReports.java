package com.callback.messaging.delivery.channel.sms;

import com.callback.messaging.delivery.channel.sms.SmsReport.Consent;
import com.callback.messaging.delivery.receipt.DeliveryReceipt;
import com.callback.messaging.delivery.receipt.DeliveryReceipts;
import com.callback.messaging.delivery.receipt.ReceiptEvent;
import com.callback.messaging.intake.submission.PhoneNumbers;
import com.callback.messaging.platform.http.BodyLimit;
import com.callback.messaging.platform.http.Problem;
import com.callback.messaging.platform.http.Query;
import com.callback.messaging.platform.http.RequestRefusedException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * Reads what the SMS provider reports: receipts of deliveries, and what people answer. It comes as
 * JSON (an object or an array of them), as a form or in the query. A report that says nothing known
 * is counted and left out, because the provider would repeat what is refused.
 */
@Component
public class SmsReports {

  private static final String CHANNEL = "sms";

  /** Whose reports are read; all by the same rules. */
  private static final Set<String> PROVIDERS = Set.of("touchsms", "http");

  private static final int MOST = 1_000;

  /** Where it was sent to; the provider documents this field. */
  private static final List<String> TO = List.of("to");

  private static final Pattern INTERNATIONAL = Pattern.compile("\\+?([1-9][0-9]{7,14})");

  private static final Problem NO_ADDRESS =
      Problem.of(404, "not-found", "Not found", "There is nothing at this address.");

  private static final Problem UNREADABLE =
      Problem.of(
          400,
          "unreadable-body",
          "The body cannot be read",
          "Send a report as a JSON object, an array of at most %d objects, or a form."
              .formatted(MOST));

  private final SmsReportSettings settings;
  private final DeliveryReceipts counts;
  private final PhoneNumbers phones;
  private final ObjectMapper json;
  private final Clock clock;
  private final String region;

  SmsReports(
      SmsReportSettings settings,
      DeliveryReceipts counts,
      PhoneNumbers phones,
      ObjectMapper json,
      Clock clock,
      @Value("${messaging.phone-region}") String region) {
    this.settings = settings;
    this.counts = counts;
    this.phones = phones;
    this.json = json;
    this.clock = clock;
    this.region = region;
  }

  /**
   * What a request reports.
   *
   * @param provider the part of its address that names who sends it
   * @param secret the last part of its address
   * @throws RequestRefusedException 404 for another provider or a wrong secret, 400 for what cannot
   *     be read
   */
  public SmsReport read(HttpServletRequest request, String provider, String secret) {
    if (!PROVIDERS.contains(provider)) {
      throw new RequestRefusedException(NO_ADDRESS);
    }
    if (!MessageDigest.isEqual(bytes(settings.secret()), bytes(secret))) {
      counts.count(provider, "refused", 1);
      throw new RequestRefusedException(NO_ADDRESS);
    }
    var report = new SmsReport(provider, new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    var items = items(request);
    for (var item : items) {
      read(new SmsReportItem(item), report);
    }
    return report;
  }

  private List<JsonNode> items(HttpServletRequest request) {
    var type = String.valueOf(request.getContentType()).toLowerCase(Locale.ROOT);
    if (request.getMethod().equals("GET")) {
      return List.of(json.valueToTree(fields(Query.of(request))));
    }
    var body = new String(BodyLimit.bodyOf(request), StandardCharsets.UTF_8);
    if (type.startsWith("application/x-www-form-urlencoded")) {
      return List.of(json.valueToTree(fields(Query.of(body))));
    }
    try {
      var read = json.readTree(body);
      var items = new ArrayList<JsonNode>();
      (read.isArray() ? read : json.createArrayNode().add(read)).forEach(items::add);
      if (items.size() > MOST || !items.stream().allMatch(JsonNode::isObject)) {
        throw new RequestRefusedException(UNREADABLE);
      }
      return items;
    } catch (JsonProcessingException e) {
      throw new RequestRefusedException(UNREADABLE);
    }
  }

  private static Map<String, String> fields(Map<String, String[]> form) {
    var fields = new LinkedHashMap<String, String>();
    form.forEach((name, values) -> fields.put(name, values[0]));
    return fields;
  }

  private void read(SmsReportItem item, SmsReport report) {
    var at = item.moment(settings.time(), clock.instant());
    var text = item.text(settings.text());
    var number = item.text(settings.from()).flatMap(this::e164);
    if (text.isPresent() && number.isPresent()) {
      readAnswer(item, number.get(), text.get(), at, report);
      return;
    }
    event(item)
        .ifPresentOrElse(
            event -> report.receipts().add(receipt(report.provider(), item, event, at)),
            () -> counts.count(report.provider(), "ignored", 1));
  }

  private void readAnswer(
      SmsReportItem item, String number, String text, Instant at, SmsReport report) {
    var delivery = item.delivery(settings.reference());
    var word = text.strip().toLowerCase(Locale.ROOT).replaceAll("[.!]+$", "");
    var optsOut =
        item.text(settings.optOut()).filter(each -> each.equals("true") || each.equals("1"));
    if (optsOut.isPresent() || settings.stop().contains(word)) {
      report.consents().add(new Consent(number, delivery, false, at));
    } else if (settings.start().contains(word)) {
      report.consents().add(new Consent(number, delivery, true, at));
    } else {
      report
          .replies()
          .add(new ReceivedSms(number, item.text(TO).orElse(null), text, item.id(), delivery));
    }
  }

  /** Numbers come back as digits only, with their country; others are read as people write them. */
  private Optional<String> e164(String number) {
    var matcher = INTERNATIONAL.matcher(number.strip());
    return matcher.matches() ? Optional.of("+" + matcher.group(1)) : phones.e164(number, region);
  }

  private Optional<ReceiptEvent> event(SmsReportItem item) {
    var word = item.text(settings.status()).orElse("").strip().toLowerCase(Locale.ROOT);
    if (settings.delivered().contains(word)) {
      return Optional.of(ReceiptEvent.DELIVERED);
    }
    if (settings.expired().contains(word)) {
      return Optional.of(ReceiptEvent.EXPIRED);
    }
    if (settings.failed().contains(word)) {
      return Optional.of(ReceiptEvent.UNDELIVERABLE);
    }
    return settings.accepted().contains(word)
        ? Optional.of(ReceiptEvent.ACCEPTED)
        : Optional.empty();
  }

  private DeliveryReceipt receipt(
      String provider, SmsReportItem item, ReceiptEvent event, Instant at) {
    var delivery = item.delivery(settings.reference());
    return new DeliveryReceipt(
        delivery,
        CHANNEL,
        provider,
        delivery == null ? item.text(settings.reference()).orElse(null) : null,
        null,
        event.text(),
        item.id(),
        at,
        item.text(settings.error()).orElse(null),
        null,
        null);
  }

  /** The opt-outs and opt-ins as JSON, for the statement that records them. */
  public Map<String, Object> consents(SmsReport report) throws JsonProcessingException {
    return Map.of("consents", json.writeValueAsString(report.consents()));
  }

  private static byte[] bytes(String text) {
    return String.valueOf(text).getBytes(StandardCharsets.UTF_8);
  }
}
