package com.callback.messaging.sandbox;

import com.callback.messaging.platform.http.BodyLimit;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.TreeMap;
import org.springframework.stereotype.Component;

/** Receives webhook calls as they came. */
@Component
public class SandboxWebhook {

  private final ObjectMapper json;

  SandboxWebhook(ObjectMapper json) {
    this.json = json;
  }

  /** The call, with all its headers. */
  public CaughtMessage of(HttpServletRequest request) throws JsonProcessingException {
    var headers = new TreeMap<String, String>();
    Collections.list(request.getHeaderNames())
        .forEach(name -> headers.put(name, request.getHeader(name)));
    var body = new String(BodyLimit.bodyOf(request), StandardCharsets.UTF_8);
    return new CaughtMessage(
        "webhook",
        request.getRequestURL().toString(),
        typeOf(body),
        body,
        null,
        json.writeValueAsString(headers));
  }

  /** The event's type; a call that is no JSON has none, and is shown all the same. */
  private String typeOf(String body) {
    try {
      return json.readTree(body).path("type").textValue();
    } catch (JsonProcessingException e) {
      return null;
    }
  }
}
