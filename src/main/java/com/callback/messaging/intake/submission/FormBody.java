package com.callback.messaging.intake.submission;

import com.callback.messaging.operation.contract.Contract;
import com.callback.messaging.platform.http.BodyLimit;
import com.callback.messaging.platform.http.Problem;
import com.callback.messaging.platform.http.RequestRefusedException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.springframework.stereotype.Component;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;

/**
 * Gives a form the shape of the contract. Fields that the contract does not know are a page
 * builder's own and are kept in {@code metadata.form}, as much of them as there is room for.
 */
@Component
class FormBody {

  private static final String LEFT_OUT = "%s (a file, left out)";
  private static final Problem BROKEN =
      Problem.of(
          400,
          "unreadable-body",
          "The form cannot be read",
          "The body is not multipart/form-data as its Content-Type announces.");

  /** What other form services call a field that we know; it counts where ours is missing. */
  private static final Map<String, String> ALIASES =
      Map.of("_replyto", "contactEmail", "_subject", "subject");

  private final Set<String> known;
  private final FurtherFields further;

  /**
   * A form, taken apart.
   *
   * @param message in the shape of the contract
   * @param marks what was meant for the service, not for the business, by field
   * @param hasFiles whether files came along, which are not kept
   */
  record Form(ObjectNode message, Map<String, String> marks, boolean hasFiles) {}

  FormBody(Contract contract) {
    known = contract.textFieldsOf("NewMessageForm");
    further = new FurtherFields(contract.mostBytesOf("NewMessageForm", "metadata"));
  }

  /**
   * The form in the shape of the contract. Blank fields are as good as absent; the first of
   * repeated ones counts.
   */
  Form read(HttpServletRequest request) {
    var fields = fields(request);
    var message = JsonNodeFactory.instance.objectNode();
    var others = JsonNodeFactory.instance.objectNode();
    var marks = new LinkedHashMap<String, String>();
    texts(request, fields)
        .forEach(
            (name, values) -> {
              if (Provenance.isMark(name)) {
                values.stream()
                    .filter(value -> !value.isBlank())
                    .findFirst()
                    .ifPresent(value -> marks.put(name, value));
              } else if (!MachineFields.isToken(name)) {
                place(name, values, message, others);
              }
            });
    ALIASES.forEach((alias, field) -> rename(alias, field, others, message));
    keepUnfit(message, others);
    if (!others.isEmpty()) {
      message.putObject("metadata").set("form", further.fitting(others));
    }
    return new Form(message, marks, fields.stream().anyMatch(FormField::isFile));
  }

  private static List<FormField> fields(HttpServletRequest request) {
    var body = BodyLimit.bodyOf(request);
    var type = request.getContentType();
    try {
      return type.toLowerCase(Locale.ROOT).startsWith("multipart/")
          ? MultipartForm.read(type, body)
          : UrlencodedForm.read(body);
    } catch (IOException e) {
      throw new RequestRefusedException(BROKEN);
    }
  }

  private static MultiValueMap<String, String> texts(
      HttpServletRequest request, List<FormField> fields) {
    var text = FormText.of(request.getContentType(), fields);
    var texts = new LinkedMultiValueMap<String, String>();
    for (var field : fields) {
      var value = text.value(field);
      texts.add(
          text.name(field),
          field.isFile()
              ? LEFT_OUT.formatted(value)
              : field.isCut() ? FurtherFields.cut(value, value.length()) : value);
    }
    return texts;
  }

  private void place(String name, List<String> values, ObjectNode message, ObjectNode others) {
    var given = values.stream().filter(value -> Text.line(value) != null).toList();
    if (given.isEmpty()) {
      return;
    }
    if (known.contains(name)) {
      // Browsers count a new line as one character and send two.
      message.put(name, given.get(0).replace("\r\n", "\n"));
    } else if (given.size() == 1) {
      others.put(name, given.get(0));
    } else {
      given.forEach(others.putArray(name)::add);
    }
  }

  private static void rename(String from, String to, ObjectNode others, ObjectNode message) {
    if (others.path(from).isTextual() && !message.has(to)) {
      message.set(to, others.remove(from));
    }
  }

  /**
   * A page builder has fields of these names too, for something else. Nobody who fills in a form
   * could mend them.
   */
  private static void keepUnfit(ObjectNode message, ObjectNode others) {
    keepUnless(Priority.isOne(message.path("priority")), "priority", message, others);
    keepUnless(
        PreferredTime.isOne(message.path("preferredTime").asText()),
        "preferredTime",
        message,
        others);
    keepUnless(message.path("type").asText().equals("callback_request"), "type", message, others);
  }

  private static void keepUnless(
      boolean isFit, String field, ObjectNode message, ObjectNode others) {
    JsonNode value = isFit ? null : message.remove(field);
    if (value != null) {
      others.set(field, value);
    }
  }
}
