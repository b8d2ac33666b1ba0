package com.callback.messaging.inbox.reply;

import com.callback.messaging.operation.api.OperationRequest;
import com.callback.messaging.operation.api.Results;
import com.callback.messaging.platform.http.Problem;
import com.callback.messaging.platform.http.Problem.FieldError;
import com.callback.messaging.platform.http.RequestRefusedException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/** What a template must keep to beyond what its schema says. */
@Component
public class TemplateRules {

  private static final Problem FULL =
      Problem.of(
          409,
          "too-many-templates",
          "There are 200 templates",
          "A business may have 200 templates. Delete one that is no longer needed, and try again.");

  private static final Problem TAKEN =
      Problem.of(
              409,
              "template-name-taken",
              "Another template has this name",
              "Choose another name, or change that template.")
          .with(List.of(new FieldError("name", "Choose another name.")));

  private final ObjectMapper json;

  TemplateRules(ObjectMapper json) {
    this.json = json;
  }

  /**
   * Reads the subject and the body that were given.
   *
   * @throws RequestRefusedException with everything that is wrong
   */
  public void check(OperationRequest input) throws JsonProcessingException {
    var body = json.readTree(input.body());
    var errors = new ArrayList<FieldError>();
    if (TextProblems.isSubjectOfSms(body)) {
      errors.add(TextProblems.SMS_HAS_NO_SUBJECT);
    } else {
      read("subject", body, errors);
    }
    read("body", body, errors);
    if (!errors.isEmpty()) {
      throw TextProblems.of(errors);
    }
  }

  private static void read(String field, JsonNode body, List<FieldError> errors) {
    try {
      TextTemplate.of(body.path(field).asText(""));
    } catch (TextTemplate.Unreadable e) {
      errors.add(new FieldError(field, e.getMessage()));
    }
  }

  /**
   * The id of a template that has just been written.
   *
   * @param row what {@code add-template.sql} or {@code change-template.sql} gave
   * @throws RequestRefusedException when there is no such template, too many, or the name is taken
   */
  public String requireStored(Map<String, Object> row) {
    var written = WrittenTemplate.of(Results.requireRow(row));
    if (written.isNameTaken()) {
      throw new RequestRefusedException(TAKEN);
    }
    if (written.isFull()) {
      throw new RequestRefusedException(FULL);
    }
    return written.id();
  }
}
