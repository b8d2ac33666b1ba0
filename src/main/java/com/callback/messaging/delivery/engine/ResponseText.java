package com.callback.messaging.delivery.engine;

import java.nio.charset.StandardCharsets;
import org.springframework.stereotype.Component;

/** Reads what a remote server responds by HTTP. */
@Component
public class ResponseText {

  ResponseText() {}

  /** The body as text, whatever charset it claims to be in. */
  public String of(byte[] response) {
    return response == null ? "" : new String(response, StandardCharsets.UTF_8);
  }
}
