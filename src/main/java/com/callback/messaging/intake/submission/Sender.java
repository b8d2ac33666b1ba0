package com.callback.messaging.intake.submission;

import com.fasterxml.jackson.annotation.JsonIgnore;

/**
 * Where a callback request came from, and how to know it again.
 *
 * @param key the caller's {@code Idempotency-Key}; null where it gave none
 * @param contact the hash of who asks to be called
 * @param content the hash of all they said
 * @param origin the page that sent it, {@link #OURS} for one of ours; null where none was named
 * @param trusted whether it comes from a server of the business itself
 * @param honeypot the value of the form field that no person sees; null for people
 * @param formToken what the hosted form was given when it was shown
 * @param captcha what a captcha gave the browser
 */
public record Sender(
    String key,
    String contact,
    String content,
    String origin,
    boolean trusted,
    @JsonIgnore String honeypot,
    @JsonIgnore String formToken,
    @JsonIgnore String captcha) {

  /** The origin of a page that this service shows itself. */
  public static final String OURS = "ours";

  Sender trusting() {
    return new Sender(key, contact, content, origin, true, honeypot, formToken, captcha);
  }
}
