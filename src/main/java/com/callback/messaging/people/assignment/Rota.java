package com.callback.messaging.people.assignment;

import com.callback.messaging.operation.api.OperationRequest;
import com.callback.messaging.platform.http.Problem;
import com.callback.messaging.platform.http.Problem.FieldError;
import com.callback.messaging.platform.http.RequestRefusedException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.springframework.stereotype.Component;

/** What a rota must keep to beyond what its schema says. Gaps are allowed, and shown. */
@Component
public class Rota {

  private final ObjectMapper json;

  Rota(ObjectMapper json) {
    this.json = json;
  }

  /**
   * A span of one day; times as text of five characters, so that their order is that of text.
   *
   * @param day a weekday or a date
   */
  private record Span(String day, String from, String to) {

    static Span of(JsonNode node, String day) {
      return new Span(
          node.path(day).asText(), node.path("from").asText(), node.path("to").asText());
    }

    boolean isInOrder() {
      return from.compareTo(to) < 0;
    }

    boolean overlaps(Span other) {
      return day.equals(other.day) && from.compareTo(other.to) < 0 && other.from.compareTo(to) < 0;
    }
  }

  /**
   * Holds the spans against one another, and their members against those of the business.
   *
   * @param known the row of {@code lock-assignment.sql}
   * @throws RequestRefusedException 422 with everything that is wrong
   */
  public void check(OperationRequest input, Map<String, Object> known)
      throws JsonProcessingException {
    var body = json.readTree(input.body());
    var business = Known.of(json, known);
    var errors = new ArrayList<FieldError>();
    errors.addAll(errorsOf(body.path("shifts"), "shifts", "weekday", business));
    errors.addAll(errorsOf(body.path("exceptions"), "exceptions", "date", business));
    if (!errors.isEmpty()) {
      throw new RequestRefusedException(
          Problem.of(
                  422,
                  "unfit-rota",
                  "This rota does not fit",
                  "Nothing was changed. Fix the listed fields and send it again.")
              .with(errors));
    }
  }

  private static List<FieldError> errorsOf(JsonNode list, String name, String day, Known business) {
    var errors = new ArrayList<FieldError>();
    var spans = new ArrayList<Span>();
    list.forEach(each -> spans.add(Span.of(each, day)));
    for (var i = 0; i < spans.size(); i++) {
      var span = spans.get(i);
      var field = name + "." + i;
      if (!span.isInOrder()) {
        errors.add(
            new FieldError(
                field + ".to",
                "Give an end after the start: a night is one span until 24:00 and one from 00:00."));
      } else if (IntStream.range(0, i).anyMatch(before -> spans.get(before).overlaps(span))) {
        errors.add(
            new FieldError(
                field, "It overlaps with another of that day: one is on duty at a time."));
      }
      var member = list.get(i).path("memberId");
      if (!member.isNull() && !business.hasMember(member)) {
        errors.add(new FieldError(field + ".memberId", Known.REMEDY));
      }
      if (day.equals("date") && !isDate(span.day())) {
        errors.add(new FieldError(field + ".date", "Give a date that exists, such as 2027-01-26."));
      }
    }
    return errors;
  }

  private static boolean isDate(String text) {
    try {
      LocalDate.parse(text);
      return true;
    } catch (DateTimeParseException e) {
      return false;
    }
  }
}
