package com.callback.messaging.delivery.channel.sms;

import com.callback.messaging.delivery.engine.Delivery;
import com.callback.messaging.delivery.engine.NeverDeliverableException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/** Requests and answers of touchSMS's {@code POST /v2/sms}. */
@Component
public class TouchSms {

  private final ObjectMapper json;
  private final Account first;
  private final Account standby;

  TouchSms(ObjectMapper json, Environment settings) {
    this.json = json;
    this.first = Account.of(settings, "channels.sms.");
    this.standby = Account.of(settings, "channels.sms.standby.");
  }

  /**
   * Where messages are handed in, and as whom.
   *
   * @param url up to {@code /v2}
   * @param from a number or a sender name
   * @param authorization the Basic credentials that every call carries
   */
  public record Account(String url, String from, String authorization) {

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

    /** Without the credentials. */
    @Override
    public String toString() {
      return url;
    }
  }

  /** The account that is used while it works. */
  public Account first() {
    return first;
  }

  /** The account that takes over; without an address where there is none. */
  public Account standby() {
    return standby;
  }

  /** The body of a request; its reference is the delivery's id, which receipts name. */
  public byte[] request(Delivery delivery, String text, Account account)
      throws JsonProcessingException {
    var id = delivery.id().toString();
    var message =
        Map.of(
            "to", delivery.recipient(),
            "from", account.from(),
            "body", text,
            "reference", id,
            "metadata", Map.of("mid", id));
    return json.writeValueAsBytes(Map.of("messages", List.of(message)));
  }

  /**
   * Reads a 2xx, where each message may be refused on its own, and gives the provider's own id if
   * there is one; null for any other status, which is refused on the wire.
   *
   * @throws NeverDeliverableException with the provider's code when ours was refused
   * @throws JsonProcessingException when the answer cannot be read, and so nobody knows
   */
  public String accepted(int status, byte[] answer) throws JsonProcessingException {
    if (status / 100 != 2 || answer == null) {
      return null;
    }
    var data = json.readTree(new String(answer, StandardCharsets.UTF_8)).path("data");
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
