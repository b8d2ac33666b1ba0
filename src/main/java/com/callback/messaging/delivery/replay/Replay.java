package com.callback.messaging.delivery.replay;

import java.util.Map;

/**
 * A replay, or a cancellation, that was made.
 *
 * @param answer what the caller is told, as JSON
 * @param channels the channels to wake, with commas between them; null for none
 */
public record Replay(String answer, String channels) {

  static Replay of(Map<String, Object> row) {
    return new Replay((String) row.get("answer"), (String) row.get("channels"));
  }
}
