package com.callback.messaging.intake.screening;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * An optional captcha: {@code messaging.captcha.*}.
 *
 * @param provider turnstile, hcaptcha, or empty for none
 * @param siteKey the public key, which the form shows
 * @param secret what the provider knows this service by
 * @param requiredOf hosted for the forms of this service, everyone for all but servers of a
 *     business
 * @param url where solutions are verified; empty for the provider's own address
 */
@ConfigurationProperties("messaging.captcha")
record CaptchaSettings(
    @DefaultValue("") String provider,
    @DefaultValue("") String siteKey,
    @DefaultValue("") String secret,
    @DefaultValue("hosted") String requiredOf,
    @DefaultValue("") String url) {

  /** So that a secret does not get into a log by accident. */
  @Override
  public String toString() {
    return "captcha by " + provider;
  }
}
