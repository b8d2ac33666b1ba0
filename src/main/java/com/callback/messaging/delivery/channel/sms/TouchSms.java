package com.callback.messaging.delivery.channel.sms;

import com.callback.messaging.delivery.engine.Attempt;
import com.callback.messaging.delivery.engine.Attempts;
import com.callback.messaging.delivery.engine.OutgoingRequest;
import com.callback.messaging.delivery.engine.ProviderResponse;
import com.callback.messaging.delivery.engine.RefusedBySettingsException;
import com.callback.messaging.delivery.engine.SharedRequest;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/**
 * Writes requests to touchSMS's {@code POST /v2/sms}. Messages of a batch share requests; each also
 * has one of its own, for a request that is refused as a whole and for an immediate retry.
 */
@Component
public class TouchSms {

  private static final String SEND = "/v2/sms";

  /** The provider checks the messages, answers as if it had sent them, and sends nothing. */
  private static final String CHECK = "/v2/sms/dry";

  private final Attempts attempts;
  private final ObjectMapper json;
  private final SmsSettings settings;
  private final Map<String, SmsAccount> accounts;

  /** The sandbox sends nothing anyway. */
  private final boolean isSandbox;

  TouchSms(Attempts attempts, ObjectMapper json, SmsSettings settings, Environment environment) {
    this.attempts = attempts;
    this.json = json;
    this.settings = settings;
    this.isSandbox = environment.getProperty("messaging.embedded.sms", Boolean.class, false);
    var most = settings.requestsPerSecond();
    this.accounts =
        Map.of(
            "touchsms", SmsAccount.of(environment, "channels.sms.", most),
            "touchsms-standby", SmsAccount.of(environment, "channels.sms.standby.", most));
  }

  /** Where a message is handed in; messages of one request have it in common. */
  private record Destination(SmsAccount account, String path) {}

  /** The accounts by the name of their provider. */
  Map<String, SmsAccount> accounts() {
    return accounts;
  }

  /** Writes the requests of messages that have not failed yet. */
  public void writeAll(List<SmsMessage> messages) {
    var byDestination = new LinkedHashMap<Destination, List<SmsMessage>>();
    for (var message : messages) {
      if (!message.attempt().hasFailed()) {
        try {
          var destination = destination(message);
          message.attempt().write(() -> alone(message, destination));
          byDestination.computeIfAbsent(destination, each -> new ArrayList<>()).add(message);
        } catch (RefusedBySettingsException e) {
          message.attempt().failed(e);
        }
      }
    }
    byDestination.forEach(this::share);
  }

  private Destination destination(SmsMessage message) {
    var provider = attempts.provider(message.attempt());
    var account = accounts.get(provider);
    if (account == null) {
      throw new RefusedBySettingsException(
          "The SMS provider \"%s\" has no account: list touchsms or touchsms-standby in CHANNELS_SMS_PROVIDERS."
              .formatted(provider));
    }
    return new Destination(account, !isSandbox && isDry(message) ? CHECK : SEND);
  }

  private boolean isDry(SmsMessage message) {
    return switch (settings.dryRun()) {
      case NONE -> false;
      case TESTS -> message.delivery().cause().equals("test");
      case ALL -> true;
    };
  }

  private void share(Destination destination, List<SmsMessage> messages) {
    for (int i = 0; i < messages.size(); i += settings.perRequest()) {
      var part = messages.subList(i, Math.min(messages.size(), i + settings.perRequest()));
      if (part.size() > 1) {
        shared(part, destination).share();
      }
    }
  }

  private SharedRequest shared(List<SmsMessage> messages, Destination destination) {
    var byAttempt = new HashMap<Attempt, SmsMessage>();
    messages.forEach(message -> byAttempt.put(message.attempt(), message));
    try {
      return new SharedRequest(
          outgoing(messages, destination, null),
          messages.stream().map(SmsMessage::attempt).toList(),
          body -> {
            var response = TouchSmsResponse.read(json, body);
            return attempt -> response.of(byAttempt.get(attempt));
          });
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Texts are always JSON", e);
    }
  }

  private OutgoingRequest alone(SmsMessage message, Destination destination)
      throws JsonProcessingException {
    return outgoing(
        List.of(message),
        destination,
        body -> TouchSmsResponse.read(json, body).ofOnly(message).reference());
  }

  private OutgoingRequest outgoing(
      List<SmsMessage> messages, Destination destination, ProviderResponse reading)
      throws JsonProcessingException {
    var account = destination.account();
    return OutgoingRequest.toProvider(
        account.url() + destination.path(),
        Map.of(
            "Authorization", account.authorization(),
            "Content-Type", "application/json",
            "Accept", "application/json"),
        json.writeValueAsBytes(
            Map.of("messages", messages.stream().map(message -> shown(message, account)).toList())),
        reading,
        account.pace());
  }

  /** Its reference is the delivery's id, which receipts name. */
  private static Map<String, Object> shown(SmsMessage message, SmsAccount account) {
    var id = message.delivery().id().toString();
    return Map.of(
        "to", message.delivery().recipient(),
        "from", account.from(),
        "body", message.text(),
        "reference", id,
        "metadata", Map.of("mid", id));
  }
}
