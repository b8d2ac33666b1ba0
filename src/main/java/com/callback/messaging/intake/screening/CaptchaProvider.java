package com.callback.messaging.intake.screening;

import java.util.List;
import java.util.regex.Pattern;

/** Those who tell people from programs, as their pages describe it. */
enum CaptchaProvider {
  TURNSTILE(
      "https://challenges.cloudflare.com/turnstile/v0/siteverify",
      "https://challenges.cloudflare.com/turnstile/v0/api.js",
      "cf-turnstile",
      List.of("https://challenges.cloudflare.com"),
      "[123]x0+AA"),
  HCAPTCHA(
      "https://api.hcaptcha.com/siteverify",
      "https://js.hcaptcha.com/1/api.js",
      "h-captcha",
      List.of("https://hcaptcha.com", "https://*.hcaptcha.com"),
      "0x0+");

  private final String verifyUrl;
  private final String script;
  private final String widget;
  private final List<String> sources;
  private final Pattern dummySecret;

  CaptchaProvider(
      String verifyUrl, String script, String widget, List<String> sources, String dummySecret) {
    this.verifyUrl = verifyUrl;
    this.script = script;
    this.widget = widget;
    this.sources = sources;
    this.dummySecret = Pattern.compile(dummySecret);
  }

  /** Where solutions are verified. */
  String verifyUrl() {
    return verifyUrl;
  }

  /** What a page loads to show the widget. */
  String script() {
    return script;
  }

  /** The class of the element that becomes the widget. */
  String widget() {
    return widget;
  }

  /** What a page's policy must allow for the widget. */
  List<String> sources() {
    return sources;
  }

  /** Whether it is a secret out of the provider's documentation, that takes what anybody sends. */
  boolean isDummy(String secret) {
    return dummySecret.matcher(secret).matches();
  }
}
