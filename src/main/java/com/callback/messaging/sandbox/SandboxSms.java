package com.callback.messaging.sandbox;

import com.callback.messaging.delivery.channel.sms.SmsText;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.springframework.stereotype.Component;

/** Answers as touchSMS does, and keeps what was sent instead of sending it. */
@Component
public class SandboxSms {

  private final ObjectMapper json;
  private final SmsText texts;

  SandboxSms(ObjectMapper json, SmsText texts) {
    this.json = json;
    this.texts = texts;
  }

  /** The messages of a request. */
  public List<CaughtMessage> messages(String request) throws JsonProcessingException {
    return StreamSupport.stream(json.readTree(request).path("messages").spliterator(), false)
        .map(this::message)
        .toList();
  }

  /** The provider's answer: every message accepted. */
  public Map<String, Object> answer(List<CaughtMessage> messages) {
    var accepted = messages.stream().map(this::accepted).toList();
    return Map.of("data", Map.of("messages", accepted, "errors", List.of()));
  }

  private Map<String, Object> accepted(CaughtMessage message) {
    try {
      return Map.of(
          "status", "VALID",
          "to", message.to().replace("+", ""),
          "body", message.body(),
          "reference", json.readTree(message.headers()).path("reference").asText());
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Its headers were written as JSON", e);
    }
  }

  private CaughtMessage message(JsonNode message) {
    var body = message.path("body").asText();
    var size = texts.size(body);
    var headers = new LinkedHashMap<String, String>();
    headers.put("from", message.path("from").asText());
    headers.put("reference", message.path("reference").asText());
    headers.put("encoding", size.encoding().name().replace('_', '-'));
    headers.put("length", String.valueOf(size.units()));
    headers.put("segments", String.valueOf(size.parts()));
    try {
      return new CaughtMessage(
          "sms", message.path("to").asText(), null, body, null, json.writeValueAsString(headers));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A map of strings is always JSON", e);
    }
  }
}
