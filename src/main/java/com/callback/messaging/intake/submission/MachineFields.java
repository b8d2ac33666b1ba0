package com.callback.messaging.intake.submission;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.springframework.stereotype.Component;

/**
 * Tells what a page adds to a form by itself from what a person said: tokens, which are good for
 * nothing once the form is in, and what differs each time the same form is sent.
 */
@Component
class MachineFields {

  /** Names are compared by their letters and digits only, in lower case. */
  private static final Set<String> TOKENS =
      Set.of(
          "hcaptcharesponse",
          "cfturnstileresponse",
          "frccaptchasolution",
          "frccaptcharesponse",
          "mtcaptchaverifiedtoken",
          "altcha",
          "captchatoken",
          "recaptchatoken",
          "csrf",
          "csrftoken",
          "csrfmiddlewaretoken",
          "xsrftoken",
          "authenticitytoken",
          "requestverificationtoken",
          "viewstate",
          "viewstategenerator",
          "eventvalidation",
          "wpnonce");

  private static final Set<String> DIFFER =
      Set.of(
          "submittedat",
          "sentat",
          "timestamp",
          "submissiontime",
          "formtimestamp",
          "clienttime",
          "loadtime",
          "pageloadtime",
          "timeonpage",
          "elapsed",
          "fbclid",
          "gclid",
          "gbraid",
          "wbraid",
          "dclid",
          "msclkid",
          "ttclid",
          "twclid",
          "lifatid",
          "yclid",
          "igshid",
          "fbp",
          "fbc",
          "ga",
          "gl",
          "clientid",
          "sessionid",
          "visitorid",
          "requestid",
          "submissionid",
          "nonce",
          "hscontext");

  private static final Pattern NEITHER_LETTER_NOR_DIGIT = Pattern.compile("[^a-z0-9]");
  private static final Pattern EPOCH = Pattern.compile("[0-9]{10}(?:[0-9]{3})?");
  private static final Pattern MOMENT =
      Pattern.compile(
          "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(?:\\.\\d+)?(?:Z|[+-]\\d\\d:\\d\\d)");

  /** No person types so much without a space, and in these letters only. */
  private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9+/=_.\\-]{100,}");

  /** Clocks of visitors go wrong. */
  private static final Duration NOW = Duration.ofMinutes(15);

  private static final int DIGITS_OF_SECONDS = 10;

  private final Clock clock;

  MachineFields(Clock clock) {
    this.clock = clock;
  }

  /** Whether a form's field of this name says nothing to anybody once the form is in. */
  static boolean isToken(String name) {
    var plain = plain(name);
    // A field named just so may be one that people type into.
    return TOKENS.contains(plain)
        || plain.startsWith("grecaptcharesponse")
        || name.equals("_token");
  }

  /** Whether a value differs each time, although the person says the same. */
  boolean differsEachTime(String name, JsonNode value) {
    return isToken(name)
        || DIFFER.contains(plain(name))
        || value.isValueNode() && isOfTheMoment(value.asText());
  }

  private boolean isOfTheMoment(String value) {
    return TOKEN.matcher(value).matches() || isNow(value);
  }

  private boolean isNow(String value) {
    try {
      if (EPOCH.matcher(value).matches()) {
        var number = Long.parseLong(value);
        return isNow(
            value.length() == DIGITS_OF_SECONDS
                ? Instant.ofEpochSecond(number)
                : Instant.ofEpochMilli(number));
      }
      return MOMENT.matcher(value).matches() && isNow(OffsetDateTime.parse(value).toInstant());
    } catch (DateTimeException e) {
      return false;
    }
  }

  private boolean isNow(Instant moment) {
    return Duration.between(moment, clock.instant()).abs().compareTo(NOW) <= 0;
  }

  private static String plain(String name) {
    return NEITHER_LETTER_NOR_DIGIT.matcher(name.toLowerCase(Locale.ROOT)).replaceAll("");
  }
}
