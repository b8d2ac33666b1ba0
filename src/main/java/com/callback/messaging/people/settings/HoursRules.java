package com.callback.messaging.people.settings;

import com.callback.messaging.platform.http.Problem.FieldError;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;

/** What opening hours, holidays and quiet hours must keep to beyond what their schema says. */
final class HoursRules {

  private static final String SAME = "Give two different times; 00:00 to 24:00 is all day.";

  private HoursRules() {}

  /** What is wrong with the hours of a week, by their place in the list. */
  static List<FieldError> ofWeek(JsonNode hours) {
    var errors = new ArrayList<FieldError>();
    var spans = new ArrayList<WeekSpan>();
    for (var i = 0; i < hours.size(); i++) {
      var each = hours.get(i);
      var field = "businessHours." + i;
      var span = WeekSpan.of(each.path("weekday").asInt(), each.path("opens"), each.path("closes"));
      if (isEmpty(each, "opens", "closes")) {
        errors.add(new FieldError(field, SAME));
      } else if (spans.stream().anyMatch(span::overlaps)) {
        errors.add(new FieldError(field, "It overlaps with others: join them."));
      }
      spans.add(span);
    }
    return errors;
  }

  /** What is wrong with holidays: a day comes once, and its spans do not overlap. */
  static List<FieldError> ofHolidays(JsonNode holidays) {
    var errors = new ArrayList<FieldError>();
    var days = new HashSet<String>();
    for (var i = 0; i < holidays.size(); i++) {
      var holiday = holidays.get(i);
      var field = "holidays." + i;
      if (!days.add(holiday.path("date").asText())) {
        errors.add(new FieldError(field, "This day is listed twice: join both."));
      }
      var spans = new ArrayList<WeekSpan>();
      for (var each : holiday.path("spans")) {
        var span = WeekSpan.of(1, each.path("opens"), each.path("closes"));
        if (isEmpty(each, "opens", "closes")) {
          errors.add(new FieldError(field, SAME));
        } else if (spans.stream().anyMatch(span::overlaps)) {
          errors.add(new FieldError(field, "Its times overlap: join them."));
        }
        spans.add(span);
      }
    }
    return errors;
  }

  /** What is wrong with quiet hours: they have spans where they need some, and an end. */
  static List<FieldError> ofQuiet(JsonNode quiet) {
    var given = StreamSupport.stream(quiet.path("spans").spliterator(), false).toList();
    if (!quiet.path("mode").asText().equals("spans")) {
      return List.of();
    }
    if (given.isEmpty()) {
      return List.of(
          new FieldError("quietHours.spans", "Give at least one span, or set the mode to off."));
    }
    var errors = new ArrayList<FieldError>();
    for (var i = 0; i < given.size(); i++) {
      if (isEmpty(given.get(i), "begins", "ends")) {
        errors.add(new FieldError("quietHours.spans." + i, SAME));
      }
    }
    var spans =
        given.stream()
            .map(
                each ->
                    WeekSpan.of(
                        each.path("weekday").asInt(), each.path("begins"), each.path("ends")))
            .toList();
    if (errors.isEmpty()
        && IntStream.range(0, WeekSpan.WEEK)
            .allMatch(minute -> spans.stream().anyMatch(span -> span.holds(minute)))) {
      errors.add(
          new FieldError(
              "quietHours.spans",
              "It would be quiet all week, and nobody would ever be notified: leave some time."));
    }
    return errors;
  }

  private static boolean isEmpty(JsonNode span, String begins, String ends) {
    return span.path(begins).asText().equals(span.path(ends).asText());
  }
}
