package com.callback.messaging.inbox.stream;

import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/**
 * Something for a listener.
 *
 * @param id by which they resume; null where it moves nobody
 * @param name of the event; null for a sign of life
 * @param data one line of JSON
 */
record Frame(String id, String name, String data) {

  static final Frame SIGN_OF_LIFE = new Frame(null, null, null);

  static Frame counts(String counts) {
    return new Frame(null, "counts", counts);
  }

  SseEmitter.SseEventBuilder event() {
    if (name == null) {
      return SseEmitter.event().comment("");
    }
    var event = SseEmitter.event().name(name).data(data);
    return id == null ? event : event.id(id);
  }
}
