package com.callback.messaging.delivery.channel.sms;

import com.callback.messaging.delivery.engine.AttemptFailedException;
import com.callback.messaging.delivery.engine.FailureKind;
import com.callback.messaging.delivery.engine.NeverDeliverableException;
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

  private final ObjectMapper json;
  private final SmsSettings settings;

  SmsBudget(ObjectMapper json, SmsSettings settings) {
    this.json = json;
    this.settings = settings;
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

  /** The budgets and prices as JSON, for statements. */
  public String settings() throws JsonProcessingException {
    var budget = settings.budget();
    var shown = new LinkedHashMap<String, Object>();
    shown.put("perDay", budget.perDay());
    shown.put("perMonth", budget.perMonth());
    shown.put("perRecipient", budget.perRecipient());
    shown.put("reserve", budget.reserve());
    shown.put("price", settings.price());
    shown.put("currency", settings.currency());
    return json.writeValueAsString(shown);
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
    var reasons = new HashMap<UUID, String>();
    refused.forEach(row -> reasons.put((UUID) row.get("delivery_id"), (String) row.get("because")));
    for (var message : messages) {
      var reason = reasons.get(message.delivery().id());
      if (reason != null) {
        message.attempt().failed(new NeverDeliverableException(sentence(reason)));
      }
    }
  }

  private String sentence(String reason) {
    var budget = settings.budget();
    return switch (reason) {
      case "day" -> used("day", budget.perDay());
      case "month" -> used("month", budget.perMonth());
      default ->
          "This number has had %d SMS within an hour, and gets no more."
              .formatted(budget.perRecipient());
    };
  }

  private String used(String unit, int parts) {
    var reserve = settings.budget().reserve();
    return "The SMS budget of the %s is used up: %d parts%s."
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
    if (settings.budget().isUnlimited()) {
      return;
    }
    for (var message : messages) {
      message
          .attempt()
          .failed(
              new AttemptFailedException(
                  FailureKind.TEMPORARY, "The SMS budget could not be read, so nothing was sent"));
    }
  }
}
