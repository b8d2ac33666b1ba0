package com.callback.messaging.delivery.engine;

import java.nio.charset.StandardCharsets;
import org.springframework.stereotype.Component;

/** Reads what a remote server responds by HTTP. */
@Component
public class Answers {

  Answers() {}

  /** The answer as text, whatever charset it claims to be in. */
  public String text(byte[] answer) {
    return answer == null ? "" : new String(answer, StandardCharsets.UTF_8);
  }
}
