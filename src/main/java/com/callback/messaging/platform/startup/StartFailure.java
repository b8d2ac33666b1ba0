package com.callback.messaging.platform.startup;

/**
 * The service cannot start, for a reason the person at the keyboard can remove. The message is one
 * sentence that says what to do; nothing else is shown.
 */
public class StartFailure extends RuntimeException {

  public StartFailure(String sentence) {
    super(sentence);
  }

  public StartFailure(String sentence, Throwable cause) {
    super(sentence, cause);
  }
}
