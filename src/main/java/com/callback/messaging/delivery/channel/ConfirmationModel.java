package com.callback.messaging.delivery.channel;

import com.callback.messaging.delivery.confirmation.ConfirmationCodes;
import com.callback.messaging.delivery.engine.Delivery;
import com.callback.messaging.delivery.engine.NeverDeliverableException;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.Map;
import org.springframework.stereotype.Component;

/** A code that confirms a recipient, as templates name its parts. */
@Component
public class ConfirmationModel {

  private final ConfirmationCodes codes;
  private final Clock clock;

  ConfirmationModel(ConfirmationCodes codes, Clock clock) {
    this.codes = codes;
    this.clock = clock;
  }

  /**
   * The model of a delivery of the cause {@code account} that brings a code.
   *
   * @throws NeverDeliverableException where the code is over: another one is asked for, and this
   *     one would only confuse
   */
  public Map<String, Object> of(Delivery delivery) {
    var payload = delivery.payload();
    if (!payload.path("notice").asText().equals("confirmation")) {
      throw new NeverDeliverableException(
          "There is no notice of the kind \"%s\" on this channel."
              .formatted(payload.path("notice").asText()));
    }
    var end = OffsetDateTime.parse(payload.path("expiresAt").asText()).toInstant();
    if (!end.isAfter(clock.instant())) {
      throw new NeverDeliverableException("The code expired before it could be sent.");
    }
    return Map.of(
        "business", name(delivery),
        "code", codes.code(payload.path("confirmation").asText()),
        "expiresAt", delivery.localTime(end));
  }

  private static String name(Delivery delivery) {
    var name = delivery.business().path("name").asText("");
    return name.isBlank() ? "a business" : name;
  }
}
