package com.callback.messaging.delivery.channel;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.springframework.stereotype.Component;

/** Builds the JSON that a channel sends. */
@Component
public class Json {

  private final ObjectMapper json;

  Json(ObjectMapper json) {
    this.json = json;
  }

  /**
   * An object of names and texts in turn, such as {@code object('chat_id', ${…}, 'text', ${…})}, in
   * UTF-8.
   *
   * @param namesAndValues values are texts, numbers, true or false. A null value is refused: Camel
   *     drops it from the arguments
   */
  public byte[] object(Object... namesAndValues) throws JsonProcessingException {
    if (namesAndValues.length % 2 != 0) {
      throw new IllegalArgumentException(
          "A JSON object takes a value for each name; a value is null or missing.");
    }
    var object = json.createObjectNode();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      object.putPOJO((String) namesAndValues[i], namesAndValues[i + 1]);
    }
    return json.writeValueAsBytes(object);
  }
}
