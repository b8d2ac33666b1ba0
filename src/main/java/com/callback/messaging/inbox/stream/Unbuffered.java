package com.callback.messaging.inbox.stream;

import org.springframework.http.server.ServerHttpResponse;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/** A stream without an end of its own, that nobody on the way is to keep back. */
class Unbuffered extends SseEmitter {

  Unbuffered() {
    super(0L);
  }

  @Override
  protected void extendResponse(ServerHttpResponse response) {
    super.extendResponse(response);
    response.getHeaders().setCacheControl("no-store");
    // What nginx and those like it read.
    response.getHeaders().set("X-Accel-Buffering", "no");
  }
}
