package com.callback.messaging.delivery.channel.sms;

import com.callback.messaging.delivery.engine.Attempt;
import com.callback.messaging.delivery.engine.Attempts;
import com.callback.messaging.delivery.engine.Delivery;
import com.callback.messaging.delivery.engine.NeverDeliverableException;
import com.callback.messaging.delivery.engine.OutgoingRequest;
import com.callback.messaging.delivery.engine.RefusedBySettingsException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/**
 * Writes requests to touchSMS's {@code POST /v2/sms}, one for each message, and reads responses.
 */
@Component
public class TouchSms {

  private final SmsWriter texts;
  private final Attempts attempts;
  private final ObjectMapper json;
  private final Map<String, Account> accounts;

  TouchSms(SmsWriter texts, Attempts attempts, ObjectMapper json, Environment settings) {
    this.texts = texts;
    this.attempts = attempts;
    this.json = json;
    this.accounts =
        Map.of(
            "touchsms", Account.of(settings, "channels.sms."),
            "touchsms-standby", Account.of(settings, "channels.sms.standby."));
  }

  /**
   * Where messages are handed in, and as whom.
   *
   * @param url up to {@code /v2}
   * @param from a number or a sender name
   * @param authorization the Basic credentials that every request carries
   */
  private record Account(String url, String from, String authorization) {

    private static Account of(Environment settings, String prefix) {
      var credentials =
          settings.getProperty(prefix + "username", "")
              + ":"
              + settings.getProperty(prefix + "password", "");
      return new Account(
          settings.getRequiredProperty(prefix + "url"),
          settings.getProperty(prefix + "from", ""),
          "Basic "
              + Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8)));
    }
  }

  /** Writes the requests of a batch, each for the provider that carries it. */
  public void writeAll(List<Attempt> batch) {
    for (var attempt : batch) {
      attempt.write(() -> write(attempt.delivery(), account(attempts.provider(attempt))));
    }
  }

  private Account account(String provider) {
    var account = accounts.get(provider);
    if (account == null) {
      throw new RefusedBySettingsException(
          "The SMS provider \"%s\" has no account: list touchsms or touchsms-standby in CHANNELS_SMS_PROVIDERS."
              .formatted(provider));
    }
    return account;
  }

  /** Its reference is the delivery's id, which receipts name. */
  private OutgoingRequest write(Delivery delivery, Account account) throws JsonProcessingException {
    var id = delivery.id().toString();
    var text = texts.write(delivery);
    var message =
        Map.of(
            "to", delivery.recipient(),
            "from", account.from(),
            "body", text,
            "reference", id,
            "metadata", Map.of("mid", id));
    return OutgoingRequest.toProvider(
        account.url() + "/v2/sms",
        Map.of(
            "Authorization", account.authorization(),
            "Content-Type", "application/json",
            "Accept", "application/json"),
        json.writeValueAsBytes(Map.of("messages", List.of(message))),
        this::reference);
  }

  /**
   * Reads a 2xx, where each message may be refused on its own, and gives the provider's own id if
   * there is one.
   *
   * @throws NeverDeliverableException with the provider's code when ours was refused
   * @throws JsonProcessingException when the response cannot be read, and so nobody knows
   */
  private String reference(byte[] response) throws JsonProcessingException {
    var data = json.readTree(new String(response, StandardCharsets.UTF_8)).path("data");
    var errors = data.path("errors");
    if (errors.isArray() && !errors.isEmpty()) {
      throw new NeverDeliverableException(
          "The SMS provider refused the message: "
              + errors.get(0).path("error_code").asText("no code given"));
    }
    var id = data.path("messages").path(0).path("id");
    return id.isValueNode() && !id.isNull() ? id.asText() : null;
  }
}
