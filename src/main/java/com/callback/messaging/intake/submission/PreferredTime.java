package com.callback.messaging.intake.submission;

import com.callback.messaging.platform.http.Problem.FieldError;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * When a visitor wants to be called, by the clock of the business.
 *
 * @param begins the time of the day, such as {@code 09:00}
 * @param ends the same, after {@code begins}; 24:00 is the end of the day
 */
record PreferredTime(LocalDate day, String begins, String ends) {

  /** What stands for no wish. */
  private static final String SOON = "asap";

  private static final FieldError IMPOSSIBLE =
      new FieldError(
          "preferredTime", "Give a day of the calendar, and a span that ends after it begins.");

  private static final Pattern FORM =
      Pattern.compile(
          "(\\d{4}-\\d{2}-\\d{2}) (?:(morning|afternoon|evening)|((?:[01]\\d|2[0-3]):[0-5]\\d)-((?:[01]\\d|2[0-3]):[0-5]\\d|24:00))");

  private static final Map<String, PreferredTime> PARTS =
      Map.of(
          "morning", new PreferredTime(null, "00:00", "12:00"),
          "afternoon", new PreferredTime(null, "12:00", "17:00"),
          "evening", new PreferredTime(null, "17:00", "24:00"));

  /** The errors of a request with that of a time which no calendar or clock has. */
  static List<FieldError> checked(JsonNode request, List<FieldError> errors) {
    var time = request.path(IMPOSSIBLE.field());
    return !time.isTextual()
            || isOne(time.textValue())
            || errors.stream().anyMatch(error -> error.field().equals(IMPOSSIBLE.field()))
        ? errors
        : Stream.concat(errors.stream(), Stream.of(IMPOSSIBLE)).toList();
  }

  /** Whether a text says when, or that it shall be soon. */
  static boolean isOne(String text) {
    return text.equals(SOON) || of(text).isPresent();
  }

  /** The time that a text says; empty for as soon as possible, and for what says no time. */
  static Optional<PreferredTime> of(String text) {
    var form = FORM.matcher(text == null ? "" : text);
    if (!form.matches()) {
      return Optional.empty();
    }
    try {
      var day = LocalDate.parse(form.group(1));
      var part = form.group(2) == null ? null : PARTS.get(form.group(2));
      var time =
          part == null
              ? new PreferredTime(day, form.group(3), form.group(4))
              : new PreferredTime(day, part.begins, part.ends);
      return time.begins.compareTo(time.ends) < 0 ? Optional.of(time) : Optional.empty();
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
