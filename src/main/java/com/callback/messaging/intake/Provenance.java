package com.callback.messaging.intake;

import com.callback.messaging.embedded.OperatingMode;
import com.callback.messaging.http.Problem;
import com.callback.messaging.http.Problem.FieldError;
import com.callback.messaging.http.RequestRefusedException;
import com.callback.messaging.secrets.Sha256;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** Reads where a callback request came from. */
@Component
class Provenance {

  /** Fields of a form that are meant for the service, not for the business. */
  static final String KEY = "_key";

  static final String FORM_TOKEN = "_token";

  /** Looks like any field to a program that fills them all in. */
  static final String TRAP = "company_website";

  static final List<String> CAPTCHA = List.of("cf-turnstile-response", "h-captcha-response");

  private static final Problem BAD_KEY =
      Problem.of(400, "invalid-message", "The message has errors", "Mend it and send it again.")
          .with(
              List.of(
                  new FieldError(
                      "Idempotency-Key",
                      "Give 1 to 255 visible ASCII characters, such as a UUID, or leave it out.")));

  /** Where JSON has no field for it. */
  private static final String CAPTCHA_HEADER = "Captcha-Response";

  private final String publicOrigin;

  private final boolean isAnyHostOurs;

  Provenance(@Value("${messaging.public-url}") String publicUrl, OperatingMode mode) {
    // A name that somebody points here is not ours for that; on a developer's machine all are.
    this.isAnyHostOurs = mode == OperatingMode.DEVELOPMENT;
    this.publicOrigin = publicUrl.strip().replaceFirst("^(\\w+://[^/]*).*$", "$1");
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
        Sha256.hex(message.toString()),
        origin(request),
        false,
        marks.get(TRAP),
        marks.get(FORM_TOKEN),
        CAPTCHA.stream()
            .map(marks::get)
            .filter(token -> token != null)
            .findFirst()
            .orElse(request.getHeader(CAPTCHA_HEADER)));
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
