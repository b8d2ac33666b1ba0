package com.callback.messaging.delivery.channel.sms;

import com.callback.messaging.delivery.engine.AttemptFailedException;
import com.callback.messaging.delivery.engine.FailureKind;
import com.callback.messaging.delivery.engine.NeverDeliverableException;
import com.callback.messaging.operation.api.OperationRequest;
import com.callback.messaging.platform.http.Problems;
import com.callback.messaging.platform.http.RequestRefusedException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.stereotype.Component;

/**
 * Keeps short messages within what their business may use. All of them count: leads, replies,
 * tests, retries and replays. The parts of a batch are reserved by one statement before it is sent.
 */
@Component("smsBudget")
public class SmsBudget {

  private static final String ABROAD =
      "No SMS are sent to the country of this number. The operator allows countries with CHANNELS_SMS_COUNTRIES, or this business more of them.";

  private final ObjectMapper json;
  private final SmsSettings settings;
  private final SmsCountries countries;

  SmsBudget(ObjectMapper json, SmsSettings settings, SmsCountries countries) {
    this.json = json;
    this.settings = settings;
    this.countries = countries;
  }

  /** The parameters of {@code reserve-sms.sql}. */
  public Map<String, Object> wanted(List<SmsMessage> messages) throws JsonProcessingException {
    var rows = json.createArrayNode();
    for (var message : messages) {
      var delivery = message.delivery();
      rows.addObject()
          .put("id", delivery.id().toString())
          .put("businessId", delivery.businessId().toString())
          .put("nth", rows.size())
          .put("urgent", message.isUrgent())
          .put("cause", delivery.cause())
          .put("country", message.country())
          .put("recipient", delivery.recipient())
          .put("parts", Math.max(1, message.size().parts()))
          .put("cost", cost(message))
          .put("attemptsBefore", delivery.attempt() - delivery.round());
    }
    return Map.of("sms", json.writeValueAsString(rows), "limits", settings());
  }

  private BigDecimal cost(SmsMessage message) {
    return settings
        .priceIn(message.country())
        .multiply(BigDecimal.valueOf(Math.max(1, message.size().parts())));
  }

  /** The budgets, countries and prices that are configured as JSON, for statements. */
  public String settings() throws JsonProcessingException {
    var budget = settings.budget();
    var shown = new LinkedHashMap<String, Object>();
    shown.put("perDay", budget.perDay());
    shown.put("perMonth", budget.perMonth());
    shown.put("perRecipient", budget.perRecipient());
    shown.put("reserve", budget.reserve());
    shown.put("countries", countries.codes());
    shown.put("price", settings.price());
    shown.put("currency", settings.currency());
    return json.writeValueAsString(shown);
  }

  /**
   * Goes on where all countries of new limits exist.
   *
   * @throws RequestRefusedException 400, naming the first that does not
   */
  public void requireKnownCountries(OperationRequest input) throws JsonProcessingException {
    for (var country : json.readTree(input.body()).path("countries")) {
      if (!countries.isKnown(country.asText())) {
        throw new RequestRefusedException(
            Problems.invalidBody(
                "countries",
                "There is no country \"%s\". Give codes such as AU and NZ, or ANY."
                    .formatted(country.asText())));
      }
    }
  }

  /**
   * Fails the messages that are over a budget, for good: their fallback channel takes over at once.
   *
   * @param refused the rows of {@code reserve-sms.sql}
   */
  public void refuse(List<SmsMessage> messages, List<Map<String, Object>> refused) {
    if (refused.isEmpty()) {
      return;
    }
    var reasons = new HashMap<UUID, Map<String, Object>>();
    refused.forEach(row -> reasons.put((UUID) row.get("delivery_id"), row));
    for (var message : messages) {
      var reason = reasons.get(message.delivery().id());
      if (reason != null) {
        message.attempt().failed(new NeverDeliverableException(sentence(reason)));
      }
    }
  }

  private String sentence(Map<String, Object> refused) {
    var reason = (String) refused.get("because");
    return switch (reason) {
      case "day", "month" -> used(reason, refused.get("budget"), (int) refused.get("reserve"));
      case "country" -> ABROAD;
      default ->
          "This number has had %d SMS within an hour, and gets no more."
              .formatted(settings.budget().perRecipient());
    };
  }

  private static String used(String unit, Object parts, int reserve) {
    return "The SMS budget of the %s is used up: %s parts%s."
        .formatted(
            unit,
            parts,
            reserve == 0 ? "" : ", %d %% of them for urgent leads only".formatted(reserve));
  }

  /**
   * Fails the messages for now, because nobody knows what is left: nothing is sent unpaid. Where
   * nothing is limited they are sent, and not counted.
   */
  public void unknown(List<SmsMessage> messages) {
    for (var message : messages) {
      if (!settings.budget().isUnlimited()) {
        message
            .attempt()
            .failed(
                new AttemptFailedException(
                    FailureKind.TEMPORARY,
                    "The SMS budget could not be read, so nothing was sent"));
      } else if (!countries.allow(message.delivery().recipient())) {
        message.attempt().failed(new NeverDeliverableException(ABROAD));
      }
    }
  }
}
