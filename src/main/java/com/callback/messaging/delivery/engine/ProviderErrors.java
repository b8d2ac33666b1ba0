package com.callback.messaging.delivery.engine;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * Reads why a provider refused a message, where its response lists that as {@code {"errors":
 * [{"message": …, "field": …}]}}.
 */
final class ProviderErrors {

  private static final ObjectMapper JSON = new ObjectMapper();

  /** Further errors say the same of other fields. */
  private static final int MOST = 3;

  /** Most characters of one error. */
  private static final int LONGEST = 300;

  private ProviderErrors() {}

  /** The first errors in a sentence; empty for any other response. */
  static String sentence(String response) {
    if (!response.stripLeading().startsWith("{")) {
      return "";
    }
    try {
      return StreamSupport.stream(JSON.readTree(response).path("errors").spliterator(), false)
          .filter(error -> error.path("message").isTextual())
          .limit(MOST)
          .map(ProviderErrors::one)
          .collect(Collectors.joining("; "));
    } catch (JsonProcessingException e) {
      return "";
    }
  }

  private static String one(JsonNode error) {
    var message = error.path("message").asText().strip();
    var field = error.path("field").asText("");
    var whole =
        // SendGrid writes the word null where there is no field.
        field.isEmpty() || field.equals("null") ? message : field + ": " + message;
    return whole.length() <= LONGEST ? whole : whole.substring(0, LONGEST) + "...";
  }
}
