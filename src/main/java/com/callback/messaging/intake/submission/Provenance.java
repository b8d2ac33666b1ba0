package com.callback.messaging.intake.submission;

import com.callback.messaging.platform.http.Problem;
import com.callback.messaging.platform.http.Problem.FieldError;
import com.callback.messaging.platform.http.RequestRefusedException;
import com.callback.messaging.platform.secrets.Sha256;
import com.callback.messaging.platform.startup.OperatingMode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** Reads where a callback request came from. */
@Component
class Provenance {

  /** Fields of a form that are meant for the service, not for the business. */
  static final String KEY = "_key";

  static final String FORM_TOKEN = "_token";

  /** That the visitor was asked about a number that cannot be one, and sent it again. */
  static final String PHONE_ASKED = "_phone_asked";

  /** Filled in by browsers: the charset that the form is sent in. */
  private static final String CHARSET = "_charset_";

  /**
   * Fields that no person sees, and that programs fill in. Browsers once filled in the second one,
   * whose name is one of an address book; copies of old pages still have it.
   */
  private static final List<String> TRAPS = List.of("further_topic", "company_website");

  private static final List<String> CAPTCHA =
      List.of("cf-turnstile-response", "h-captcha-response");

  /** Ours has a dot in it; frameworks have a field of that name for themselves. */
  private static final String OURS = ".";

  private static final Problem BAD_KEY =
      Problem.of(400, "invalid-message", "The message has errors", "Fix it and send it again.")
          .with(
              List.of(
                  new FieldError(
                      "Idempotency-Key",
                      "Give 1 to 255 visible ASCII characters, such as a UUID, or leave it out.")));

  /** Where JSON has no field for it. */
  private static final String CAPTCHA_HEADER = "Captcha-Response";

  private final String publicOrigin;
  private final SubmissionFingerprint sameness;

  private final boolean isAnyHostOurs;

  Provenance(
      @Value("${messaging.public-url}") String publicUrl,
      OperatingMode mode,
      SubmissionFingerprint sameness) {
    this.sameness = sameness;
    // A name that somebody points here is not ours for that; on a developer's machine all are.
    this.isAnyHostOurs = mode == OperatingMode.DEVELOPMENT;
    this.publicOrigin = publicUrl.strip().replaceFirst("^(\\w+://[^/]*).*$", "$1");
  }

  /** Whether a field of a form is meant for the service, not for the business. */
  static boolean isMark(String name) {
    return name.equals(KEY)
        || name.equals(FORM_TOKEN)
        || name.equals(PHONE_ASKED)
        || name.equals(CHARSET)
        || TRAPS.contains(name)
        || CAPTCHA.contains(name);
  }

  /**
   * The sender of a request.
   *
   * @param message what the contract knows of it
   * @param phone the number as it can be dialled; null where it cannot
   * @param marks the fields of its form that were meant for the service
   */
  Sender of(
      HttpServletRequest request, ObjectNode message, String phone, Map<String, String> marks) {
    return new Sender(
        key(request, marks),
        Sha256.hex(contact(message, phone)),
        Sha256.hex(sameness.of(message, phone)),
        origin(request),
        false,
        first(TRAPS, marks).orElse(null),
        first(List.of(FORM_TOKEN), marks).filter(token -> token.contains(OURS)).orElse(null),
        first(CAPTCHA, marks).orElse(request.getHeader(CAPTCHA_HEADER)));
  }

  private static Optional<String> first(List<String> names, Map<String, String> marks) {
    return names.stream().map(marks::get).filter(Objects::nonNull).findFirst();
  }

  private static String key(HttpServletRequest request, Map<String, String> marks) {
    var header = request.getHeader("Idempotency-Key");
    var key = header == null ? marks.get(KEY) : header.strip();
    if (key != null && !key.matches("[!-~]{1,255}")) {
      throw new RequestRefusedException(BAD_KEY);
    }
    return key;
  }

  private static String contact(ObjectNode message, String phone) {
    return Stream.of(
            phone,
            message.path("contactEmail").textValue(),
            message.path("contactPhone").textValue())
        .filter(way -> way != null && !way.isBlank())
        .findFirst()
        .map(way -> way.toLowerCase(Locale.ROOT))
        .orElse("");
  }

  /** A page that keeps its origin to itself sends "null", which is as good as none. */
  private String origin(HttpServletRequest request) {
    var origin = request.getHeader("Origin");
    if (origin == null || origin.equals("null")) {
      return null;
    }
    var isOurs =
        origin.equalsIgnoreCase(publicOrigin)
            || isAnyHostOurs
                && origin
                    .replaceFirst("^https?://", "")
                    .equalsIgnoreCase(request.getHeader("Host"));
    return isOurs ? Sender.OURS : origin.toLowerCase(Locale.ROOT);
  }
}
