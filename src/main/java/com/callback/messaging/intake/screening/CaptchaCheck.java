package com.callback.messaging.intake.screening;

import java.util.UUID;

/** One question to the provider of the captcha, and what came of it. */
public final class CaptchaCheck {

  private final String token;
  private final String address;
  private final String host;
  private final String key = UUID.randomUUID().toString();
  private int attempts;
  private boolean isAnswered;
  private String signal;

  /**
   * A question.
   *
   * @param token what the widget gave the browser; null for none
   * @param address of the browser
   * @param host of the page that it must have been solved on
   */
  CaptchaCheck(String token, String address, String host) {
    this.token = token;
    this.address = address;
    this.host = host;
  }

  String token() {
    return token;
  }

  String address() {
    return address;
  }

  String host() {
    return host;
  }

  /** The same for both attempts, so that the provider takes the second for the first. */
  String key() {
    return key;
  }

  int attempts() {
    return attempts;
  }

  void begin() {
    attempts++;
  }

  boolean isAnswered() {
    return isAnswered;
  }

  /**
   * It is known what to think.
   *
   * @param signal null for none
   */
  CaptchaCheck answered(String signal) {
    this.isAnswered = true;
    this.signal = signal;
    return this;
  }

  /** What is suspicious; null for nothing. */
  public String signal() {
    return signal;
  }
}
