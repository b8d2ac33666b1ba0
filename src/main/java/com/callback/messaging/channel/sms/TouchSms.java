package com.callback.messaging.channel.sms;

import com.callback.messaging.delivery.Delivery;
import com.callback.messaging.delivery.NeverDeliverableException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** Requests and answers of touchSMS's {@code POST /v2/sms}. */
@Component
public class TouchSms {

  private final ObjectMapper json;
  private final String from;
  private final String authorization;

  TouchSms(
      ObjectMapper json,
      @Value("${channels.sms.from}") String from,
      @Value("${channels.sms.username}") String username,
      @Value("${channels.sms.password}") String password) {
    this.json = json;
    this.from = from;
    this.authorization =
        "Basic "
            + Base64.getEncoder()
                .encodeToString((username + ":" + password).getBytes(StandardCharsets.UTF_8));
  }

  /** The Basic credentials that every call carries. */
  public String authorization() {
    return authorization;
  }

  /** The body of a request; its reference is the delivery's id, which receipts name. */
  public byte[] request(Delivery delivery, String text) throws JsonProcessingException {
    var id = delivery.id().toString();
    var message =
        Map.of(
            "to", delivery.recipient(),
            "from", from,
            "body", text,
            "reference", id,
            "metadata", Map.of("mid", id));
    return json.writeValueAsBytes(Map.of("messages", List.of(message)));
  }

  /**
   * Reads a 200, where each message may be refused on its own, and gives the provider's own id if
   * there is one.
   *
   * @throws NeverDeliverableException with the provider's code when ours was refused
   * @throws JsonProcessingException when the answer cannot be read, and so nobody knows
   */
  public String accepted(String answer) throws JsonProcessingException {
    var data = json.readTree(answer).path("data");
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
